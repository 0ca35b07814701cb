package io.gatehouse.gateway;

import io.gatehouse.gateway.route.RouteProperties;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration as a JSON Schema (draft 2020-12), for editors: made of the records that the configuration is bound
 * to, and of what their Javadoc says.
 */
final class ConfigurationSchema {

    private static final Path METADATA = Path.of("target", "classes", "META-INF");
    private static final String PLACEHOLDER = "\\$\\{.+\\}";
    private static final Map<Class<?>, String> PATTERNS = Map.of(
            Duration.class, "-?\\d+(ns|us|ms|s|m|h|d)|P.+",
            DataSize.class, "\\d+(B|KB|MB|GB|TB)?",
            int.class, "\\d+",
            boolean.class, "(?i:true|false|on|off|yes|no)");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, String> descriptions = new HashMap<>();
    private final Map<String, JsonNode> defaults = new HashMap<>();

    private ConfigurationSchema() {
        describe("", "spring-configuration-metadata.json");
        Map.of(
                        "gatehouse.routes[].", "route.RouteProperties",
                        "gatehouse.routes[].rules[].", "policy.AccessRule",
                        "gatehouse.sign-in.portals[].", "login.PortalProperties",
                        "gatehouse.sites.*.", "SiteProperties")
                .forEach((prefix, type) ->
                        describe(prefix, "spring/configuration-metadata/io.gatehouse.gateway." + type + ".json"));
    }

    static JsonNode make() {
        ConfigurationSchema schema = new ConfigurationSchema();
        ObjectNode document = schema.json.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", "Configuration of Gatehouse");
        document.put("type", "object");
        document.putObject("properties").set("gatehouse", schema.of(GatehouseProperties.class, "gatehouse"));
        document.putObject("$defs").set("route", schema.of(RouteProperties.class, "gatehouse.routes[]"));
        return document;
    }

    private void describe(String prefix, String file) {
        json.readTree(METADATA.resolve(file))
                .path("properties")
                .valueStream()
                .forEach(property -> describe(prefix + property.path("name").asString(), property));
    }

    private void describe(String key, JsonNode property) {
        descriptions.put(key, property.path("description").asString(""));
        if (property.has("defaultValue")) {
            defaults.put(key, property.get("defaultValue"));
        }
    }

    private ObjectNode of(Type type, String key) {
        if (isGroup(type)) {
            return group((Class<?>) type, key);
        }
        if (isCollection(type)) {
            return list(element(type), key + "[]");
        }
        if (isMap(type)) {
            ObjectNode map = json.createObjectNode().put("type", "object");
            map.set("additionalProperties", of(element(type), key + ".*"));
            return map;
        }
        return value((Class<?>) type);
    }

    /** A group that has a short form may be a text too. */
    private ObjectNode group(Class<?> type, String key) {
        ObjectNode group = json.createObjectNode().put("type", "object");
        ObjectNode properties = group.putObject("properties");
        Arrays.stream(type.getRecordComponents())
                .forEach(component -> properties.set(name(component), property(component, key)));
        // The same keys may be written with dots: Spring Boot reads "session.keys" like "keys" below "session".
        group.putObject("patternProperties").putObject("[.\\[]");
        group.put("additionalProperties", false);
        if (key.endsWith("routes[]")) {
            group.putArray("required").add("id").add("path");
        }
        return isMadeOf(type, "valueOf") ? anyOf(group, json.createObjectNode().put("type", "string")) : group;
    }

    private ObjectNode property(RecordComponent component, String parent) {
        String key = parent + "." + name(component);
        ObjectNode property =
                key.endsWith("routes") ? list(component.getGenericType(), key) : of(component.getGenericType(), key);
        String description = descriptions.getOrDefault(key, descriptions.get(key.replace("sites.*.", "")));
        if (description != null && !description.isEmpty()) {
            property.put("description", plain(description));
        }
        JsonNode usual = defaults.getOrDefault(key, defaults.get(key.replace("sites.*.", "")));
        if (usual != null) {
            property.set("default", usual);
        }
        return property;
    }

    private ObjectNode list(Type element, String key) {
        ObjectNode list = json.createObjectNode().put("type", "array");
        if (key.endsWith("routes")) {
            list.putObject("items").put("$ref", "#/$defs/route");
            return list;
        }
        list.set("items", of(element, key));
        return isGroup(element) ? list : anyOf(value((Class<?>) element), list);
    }

    private ObjectNode value(Class<?> type) {
        ObjectNode value = json.createObjectNode();
        if (type.isEnum()) {
            ArrayNode names = json.createArrayNode();
            Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .forEach(names::add);
            return anyOf(json.createObjectNode().set("enum", names), pattern(PLACEHOLDER));
        }
        if (!PATTERNS.containsKey(type)) {
            // What looks like a number or a truth value is a text where a text is wanted.
            return type == String.class
                    ? value.<ObjectNode>set(
                            "type",
                            json.createArrayNode().add("string").add("number").add("boolean"))
                    : value.put("type", "string");
        }
        ObjectNode text = pattern(PATTERNS.get(type) + "|" + PLACEHOLDER);
        if (type == int.class) {
            return anyOf(text, json.createObjectNode().put("type", "integer"));
        }
        return type == boolean.class ? anyOf(text, json.createObjectNode().put("type", "boolean")) : text;
    }

    private ObjectNode pattern(String pattern) {
        return json.createObjectNode().put("type", "string").put("pattern", "^(?:" + pattern + ")$");
    }

    private ObjectNode anyOf(JsonNode one, JsonNode other) {
        ObjectNode either = json.createObjectNode();
        either.putArray("anyOf").add(one).add(other);
        return either;
    }

    private static String name(RecordComponent component) {
        return Stream.ofNullable(component.getAnnotation(Name.class))
                .map(Name::value)
                .findFirst()
                .orElseGet(() -> KnownKeys.kebab(component.getName()));
    }

    private static String plain(String description) {
        return description
                .replaceAll("\\{@code ([^}]*)}", "$1")
                .replaceAll("</?code>", "")
                .replace("&#42;", "*")
                .replaceAll("\\s+", " ");
    }

    private static boolean isGroup(Type type) {
        return type instanceof Class<?> raw && raw.isRecord() && !isMadeOf(raw, "of");
    }

    private static boolean isMadeOf(Class<?> type, String factory) {
        return Arrays.stream(type.getMethods()).anyMatch(method -> isFactory(method, factory));
    }

    private static boolean isFactory(Method method, String name) {
        return method.getName().equals(name)
                && Modifier.isStatic(method.getModifiers())
                && List.of(method.getParameterTypes()).equals(List.of(String.class));
    }

    private static boolean isCollection(Type type) {
        return type instanceof ParameterizedType generic
                && Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
    }

    private static boolean isMap(Type type) {
        return type instanceof ParameterizedType generic && Map.class.isAssignableFrom((Class<?>) generic.getRawType());
    }

    private static Type element(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }
}
