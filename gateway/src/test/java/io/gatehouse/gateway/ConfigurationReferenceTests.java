package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/configuration.md} against what the configuration processor has read from the Javadoc. */
class ConfigurationReferenceTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- generated -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void everyKeyIsDocumented() {
        assertThat(metadata().path("properties").valueStream())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(property.path("description").asString())
                        .as(property.path("name").asString())
                        .isNotBlank());
    }

    @Test
    void documentSaysWhatTheCodeSays() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        String expected = document.substring(0, begin) + table() + document.substring(document.indexOf(END));

        if (Boolean.getBoolean("gatehouse.update-documents")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("mvn test -pl gateway -Dtest=ConfigurationReferenceTests -Dgatehouse.update-documents=true")
                .isEqualTo(expected);
    }

    private static String table() {
        return metadata()
                .path("properties")
                .valueStream()
                .sorted(Comparator.comparing(property -> property.path("name").asString()))
                .map(ConfigurationReferenceTests::row)
                .collect(Collectors.joining(
                        "", "| key | environment | default | meaning |\n| --- | --- | --- | --- |\n", ""));
    }

    private static String row(JsonNode property) {
        String name = property.path("name").asString();
        String value = property.path("defaultValue").asString("");
        return "| `%s` | `%s` | %s | %s |%n"
                .formatted(
                        name,
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                        value.isEmpty() ? "" : "`" + value + "`",
                        property.path("description").asString().replaceAll("\\{@code ([^}]*)}", "`$1`"));
    }

    private static JsonNode metadata() {
        return JsonMapper.builder()
                .build()
                .readTree(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"));
    }
}
