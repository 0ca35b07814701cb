package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.keys.Signature;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README promises a test for every fact; this keeps the promise honest. */
class ReadmeTests {

    private static final Pattern TEST = Pattern.compile("`([\\w.]+(?:IT|Tests))#(\\w+)`");

    private final String readme = read();

    @Test
    void everyTestItNamesExists() {
        List<String> missing = TEST.matcher(readme)
                .results()
                .filter(it -> !methodsOf(it.group(1)).contains(it.group(2)))
                .map(it -> it.group(1) + "#" + it.group(2))
                .toList();

        assertThat(missing).isEmpty();
        assertThat(TEST.matcher(readme).results()).hasSizeGreaterThan(150);
    }

    @Test
    void everyLifetimeEndpointAndSignatureIsDocumented() {
        assertThat(Arrays.stream(Lifetime.values()).map(Lifetime::label))
                .allMatch(it -> readme.contains("`" + it + "`"));
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::label))
                .allMatch(it -> readme.contains("`" + it + "`"));
        assertThat(Arrays.stream(Signature.values()).map(Signature::label))
                .allMatch(it -> readme.contains("`" + it + "`"));
    }

    private static Set<String> methodsOf(String testClass) {
        try {
            Class<?> found = Class.forName(ReadmeTests.class.getPackageName() + "." + testClass);
            return Arrays.stream(found.getDeclaredMethods())
                    .filter(it -> !it.isSynthetic())
                    .map(Method::getName)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException _) {
            return Set.of();
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
