package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.GeneratedTable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds {@code docs/configuration.md} against what the configuration processor has read from the Javadoc. */
class ConfigurationReferenceTests {

    private static final Path METADATA = Path.of("target", "classes", "META-INF");
    private static final String ROUTE = "route.RouteProperties";
    private static final String RULE = "policy.AccessRule";
    private static final String PORTAL = "login.PortalProperties";

    @Test
    void everyKeyIsDocumented() {
        assertThat(settings())
                .hasSizeGreaterThan(20)
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.key()).isNotBlank());
    }

    @Test
    void everyFieldOfARouteIsAKey() {
        assertThat(settings())
                .extracting(Setting::key)
                .contains("gatehouse.connectors.<alias>", "gatehouse.routes[].id", "gatehouse.routes[].relay.scopes")
                .contains("gatehouse.routes[].rules[].any")
                .doesNotContain("gatehouse.connectors", "gatehouse.routes", "gatehouse.routes[].rules");
    }

    @Test
    void documentSaysWhatTheCodeSays() {
        GeneratedTable.of("configuration.md", "mvn test -pl gateway -Dtest=ConfigurationReferenceTests")
                .assertIs(table());
    }

    private static String table() {
        return settings()
                .sorted(Comparator.comparing(Setting::key))
                .map(Setting::row)
                .collect(Collectors.joining(
                        "", "| key | environment | default | meaning |\n| --- | --- | --- | --- |\n", ""));
    }

    /** What the processor knows as one property, a map or a list, stands for keys of its own. */
    private static Stream<Setting> settings() {
        return properties("spring-configuration-metadata.json").flatMap(setting -> switch (setting.key()) {
            case "gatehouse.connectors" -> Stream.of(setting.named("gatehouse.connectors.<alias>"));
            case "gatehouse.routes" -> fields(setting, ROUTE).flatMap(ConfigurationReferenceTests::withRules);
            case "gatehouse.sites" -> ofSite(setting);
            case "gatehouse.sign-in.portals" -> fields(setting, PORTAL);
            default -> Stream.of(setting);
        });
    }

    /** Groups are documented where they are the gateway's own. */
    private static Stream<Setting> ofSite(Setting sites) {
        return properties("spring/configuration-metadata/io.gatehouse.gateway.SiteProperties.json")
                .map(field -> field.named(sites.key() + ".<id>." + field.key() + (isValue(field.key()) ? "" : ".*")));
    }

    private static boolean isValue(String key) {
        return key.equals("public-url") || key.equals("upstream");
    }

    private static Stream<Setting> withRules(Setting ofRoute) {
        return ofRoute.key().endsWith(".rules") ? fields(ofRoute, RULE) : Stream.of(ofRoute);
    }

    private static Stream<Setting> fields(Setting list, String type) {
        return properties("spring/configuration-metadata/io.gatehouse.gateway." + type + ".json")
                .map(field -> field.named(list.key() + "[]." + field.key()));
    }

    private static Stream<Setting> properties(String file) {
        return JsonMapper.builder()
                .build()
                .readTree(METADATA.resolve(file))
                .path("properties")
                .valueStream()
                .map(Setting::of);
    }

    private record Setting(String key, String usual, String meaning) {

        static Setting of(JsonNode property) {
            return new Setting(
                    property.path("name").asString(),
                    property.path("defaultValue").asString(""),
                    property.path("description").asString(""));
        }

        Setting named(String other) {
            return new Setting(other, usual, meaning);
        }

        String row() {
            return "| `%s` | `%s` | %s | %s |%n"
                    .formatted(key, variable(), usual.isEmpty() ? "" : "`" + usual + "`", markdown());
        }

        private String variable() {
            return key.replace("[]", ".<n>")
                    .toUpperCase(Locale.ROOT)
                    .replace('.', '_')
                    .replace('-', '_');
        }

        private String markdown() {
            return meaning.replaceAll("\\{@code ([^}]*)}", "`$1`")
                    .replaceAll("</?code>", "`")
                    .replace("&#42;", "*");
        }
    }
}
