package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.gateway.fixture.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Configurations with a mistake, each in a file, and what is said about it at start, in another. The complaints are
 * written anew with {@code -Dgatehouse.update-documents=true}.
 */
class BrokenConfigurationTests {

    private static final Path FILES = Path.of("src/test/resources/io/gatehouse/gateway/broken");

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void startIsRefusedWithTheKeyAndTheRemedy(Path file) throws IOException {
        Path expected = FILES.resolve(file.getFileName().toString().replace(".yaml", ".txt"));

        String complaints = complaints(file);

        if (Documents.areUpdated()) {
            Files.writeString(expected, complaints);
        }
        assertThat(complaints).isEqualTo(Files.readString(expected)).doesNotContain("s3cret", "AAECAwQF");
    }

    @Test
    void thereAreMoreThanThirty() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(30);
    }

    private static String complaints(Path file) throws IOException {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        for (PropertySource<?> source : new YamlPropertySourceLoader().load("file", new FileSystemResource(file))) {
            environment.getPropertySources().addLast(source);
        }
        var refusal =
                catchThrowableOfType(InvalidConfigurationException.class, () -> ConfigurationReader.read(environment));
        assertThat(refusal).as("refusal of " + file).isNotNull();
        return String.join("\n", refusal.complaints())
                        .replace(FILES.toAbsolutePath() + "/", "")
                        .replace(FILES + "/", "")
                + "\n";
    }
}
