package io.gatehouse.emulator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out; maps keep their order and their nulls, as Logto's bodies do. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Empty if the text is not a JSON object. */
    public static Optional<ObjectNode> readObject(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** The members as plain Java: maps, lists, strings, numbers, booleans, null. */
    public static Map<String, @Nullable Object> members(JsonNode object) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        object.properties().forEach(it -> members.put(it.getKey(), MAPPER.convertValue(it.getValue(), Object.class)));
        return members;
    }

    public static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
