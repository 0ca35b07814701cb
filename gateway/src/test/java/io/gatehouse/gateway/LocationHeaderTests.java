package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.page.OwnAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Only one class can write a {@code Location}, so that one validator of targets is enough. The name of a header is a
 * constant, of which the byte code keeps the text and not where it came from: hence a look at the texts.
 */
class LocationHeaderTests {

    private static final Path CLASSES = Path.of("target", "classes", "io", "gatehouse", "gateway");

    private static final Set<String> HEADERS = Set.of("location", "refresh", "content-location");

    private static final Set<String> METHODS =
            Set.of("setLocation", "temporaryRedirect", "permanentRedirect", "seeOther", "sendRedirect", "location");

    /** Signs that a call writes to an answer, and does not read a URL of its own. */
    private static final List<String> FRAMEWORKS = List.of("org/springframework/", "reactor/netty/", "io/netty/");

    @Test
    void onlyOwnAnswersCanWriteALocation() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class")).filter(LocationHeaderTests::redirects))
                    .containsExactly(CLASSES.resolve("page").resolve("OwnAnswers.class"));
        }
    }

    @Test
    void everyWayOfWritingOneIsFound() throws IOException {
        assertThat(redirects(bytes(Setter.class))).isTrue();
        assertThat(redirects(bytes(Constant.class))).isTrue();
        assertThat(redirects(bytes(Text.class))).isTrue();
        assertThat(redirects(bytes(Builder.class))).isTrue();
        assertThat(redirects(bytes(OwnAnswers.class))).isTrue();
        assertThat(redirects(bytes(LocationHeaderTests.Innocent.class))).isFalse();
    }

    private static boolean redirects(Path file) {
        try {
            return redirects(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean redirects(byte[] classFile) {
        return StreamSupport.stream(
                        ClassFile.of().parse(classFile).constantPool().spliterator(), false)
                .anyMatch(LocationHeaderTests::redirects);
    }

    private static boolean redirects(PoolEntry entry) {
        return switch (entry) {
            case StringEntry text -> HEADERS.contains(text.stringValue().toLowerCase(Locale.ROOT));
            case MemberRefEntry member ->
                METHODS.contains(member.name().stringValue())
                        && FRAMEWORKS.stream().anyMatch(member.owner().asInternalName()::startsWith);
            default -> false;
        };
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return in.readAllBytes();
        }
    }

    /** Offends by the method made for it. */
    static final class Setter {
        void offend(HttpHeaders headers) {
            headers.setLocation(null);
        }
    }

    /** Offends by the name that Spring has for it. */
    static final class Constant {
        void offend(HttpHeaders headers) {
            headers.set(HttpHeaders.LOCATION, "//evil.example");
        }
    }

    /** Offends by the name itself. */
    static final class Text {
        void offend(HttpHeaders headers) {
            headers.set("refresh", "0;url=//evil.example");
        }
    }

    /** Offends by way of an answer that is built. */
    static final class Builder {
        Object offend(URI target) {
            return ServerResponse.temporaryRedirect(target);
        }
    }

    /** Reads an address, and writes none. */
    static final class Innocent {
        String read(HttpHeaders headers) {
            return headers.getFirst(HttpHeaders.REFERER) + getClass().getName() + "locations";
        }
    }
}
