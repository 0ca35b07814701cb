package io.gatehouse.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of options is what the properties say of themselves; a difference is shown as the rows to paste. */
class ReadmeTests {

    @Test
    void optionsAreTheProperties() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `BOOKSTORE_"))
                .toList();

        assertThat(rows)
                .isEqualTo(properties().valueStream().map(ReadmeTests::row).toList());
    }

    private static JsonNode properties() throws IOException {
        try (var metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
            return JsonMapper.shared().readTree(metadata).path("properties");
        }
    }

    private static String row(JsonNode property) {
        String variable =
                property.path("name").asString().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        String value = property.path("defaultValue").asString();
        String meaning = property.path("description").asString().replaceAll("\\{@code ([^}]*)}", "`$1`");
        return "| `%s` |%s | %s |".formatted(variable, value.isEmpty() ? "" : " `" + value + "`", meaning);
    }
}
