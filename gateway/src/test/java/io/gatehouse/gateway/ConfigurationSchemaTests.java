package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gatehouse.gateway.fixture.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationSchemaTests {

    private static final Path DOCUMENT = Path.of("..", "docs", "gatehouse.schema.json");
    private static final Path BROKEN = Path.of("src/test/resources/io/gatehouse/gateway/broken");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON.writeValueAsString(ConfigurationSchema.make()));

    @Test
    void documentIsTheSchema() throws IOException {
        String schema = JSON.writeValueAsString(ConfigurationSchema.make()) + "\n";

        if (Documents.areUpdated()) {
            Files.writeString(DOCUMENT, schema);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("mvn test -pl gateway -Dtest=ConfigurationSchemaTests -Dgatehouse.update-documents=true")
                .isEqualToNormalizingNewlines(schema);
    }

    @Test
    void exampleIsValid() throws IOException {
        assertThat(errors(Files.readString(Path.of("..", "docs", "examples", "bookstore.yaml"))))
                .isEmpty();
    }

    /** Whatever the documents show, from the key {@code gatehouse} on. */
    @ParameterizedTest
    @MethodSource
    void everyExampleInTheDocumentsIsValid(String yaml) {
        assertThat(errors(yaml)).isEmpty();
    }

    static Stream<String> everyExampleInTheDocumentsIsValid() throws IOException {
        try (Stream<Path> documents = Files.list(Path.of("..", "docs"))) {
            List<Path> all = Stream.concat(documents, Stream.of(Path.of("..", "README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            return all.stream()
                    .flatMap(file -> YAML.matcher(text(file)).results())
                    .map(example -> example.group(1))
                    .filter(example -> example.startsWith("gatehouse:"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse: {sesion: {idle-timeout: 5m}}",
                "gatehouse: {session: {idle-timout: 5m}}",
                "gatehouse: {session: {idle-timeout: 5}}",
                "gatehouse: {session: {idle-timeout: soon}}",
                "gatehouse: {session: {max-per-user: many}}",
                "gatehouse: {session: {at-maximum: end-newest}}",
                "gatehouse: {routes: [{path: /**}]}",
                "gatehouse: {routes: [{id: app, path: /**, access: everybody}]}",
                "gatehouse: {routes: [{id: app, path: /**, relay: {tokn: access}}]}",
                "gatehouse: {routes: [{id: app, path: /**, csrf: maybe}]}",
                "gatehouse: {routes: [{id: app, path: /**, rules: [{every: [role:admin]}]}]}",
                "gatehouse: {routes: {id: app, path: /**}}",
                "gatehouse: {sites: {shop: {routes: [{id: shop}]}}}",
                "gatehouse: {sites: {shop: {publik-url: 'https://shop.example'}}}"
            })
    void mistakesOfStructureAreRefused(String yaml) {
        assertThat(errors(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.threads.virtual.enabled: true",
                "gatehouse.session.idle-timeout: 5m",
                "gatehouse: {session.idle-timeout: 5m}",
                "gatehouse: {session: {idle-timeout: '${IDLE}'}}",
                "gatehouse: {routes: [{id: app, path: [/a, /b], methods: GET, max-body: 10MB, csrf: off}]}",
                "gatehouse: {routes: [{id: app, path: /**, upstream: ['http://a', 'http://b'], cors: upstream}]}",
                "gatehouse: {routes: [{id: app, path: /**, cors: {origins: 'https://a.example', credentials: true}}]}",
                "gatehouse: {connectors: {okta: c1}, sites: {shop: {public-url: 'https://shop.example'}}}"
            })
    void whatTheGatewayReadsIsValid(String yaml) {
        assertThat(errors(yaml)).isEmpty();
    }

    /** What every one of them has in common with a good file must not be what is refused. */
    @Test
    void brokenFilesAreRefusedForTheirMistakesOnly() throws IOException {
        String good = Files.readString(BROKEN.resolve("23-unknown-condition.yaml"));

        assertThat(errors(good)).isEmpty();
    }

    private static List<Error> errors(String yaml) {
        Map<String, Object> content = new Yaml().load(yaml);
        return SCHEMA.validate(JSON.valueToTree(content));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
