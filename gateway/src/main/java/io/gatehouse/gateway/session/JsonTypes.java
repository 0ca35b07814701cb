package io.gatehouse.gateway.session;

import java.util.Collection;
import java.util.Map;

/** The types that look the same after a round trip through JSON, in this release and in the next. */
final class JsonTypes {

    private JsonTypes() {}

    /** @throws IllegalArgumentException where the attribute is set, and not in some later request that reads it */
    static Object require(String name, Object value) {
        if (!isJson(value)) {
            throw new IllegalArgumentException(
                    "session attribute " + name + " must be text, a number, a boolean, or a list or map"
                            + " of these; it is " + value.getClass().getName());
        }
        return value;
    }

    private static boolean isJson(Object value) {
        return switch (value) {
            case String text -> true;
            case Number number -> true;
            case Boolean bool -> true;
            case Collection<?> values -> values.stream().allMatch(JsonTypes::isJson);
            case Map<?, ?> map ->
                map.keySet().stream().allMatch(String.class::isInstance)
                        && map.values().stream().allMatch(JsonTypes::isJson);
            default -> false;
        };
    }
}
