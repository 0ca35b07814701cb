package io.gatehouse.emulator.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a fault does to one named value. */
public sealed interface Edit {

    /** Leaves it out. */
    record Remove() implements Edit {}

    /** Puts another value in its place, or adds it where it was absent. */
    record Replace(JsonNode value) implements Edit {}

    /** Says it a second time, with this value. Only an authorization response can carry a parameter twice. */
    record Duplicate(JsonNode value) implements Edit {}

    /** Moves a number of seconds, such as {@code exp}. */
    record Shift(Duration by) implements Edit {}

    /** Applies this edit to the members of a JSON object. */
    default void apply(String name, Map<String, @Nullable Object> members) {
        switch (this) {
            case Remove _ -> members.remove(name);
            case Replace replace -> members.put(name, replace.value());
            case Duplicate duplicate -> members.computeIfPresent(name, (_, value) -> List.of(value, duplicate.value()));
            case Shift shift ->
                members.computeIfPresent(
                        name,
                        (_, value) -> ((Number) value).longValue() + shift.by().toSeconds());
        }
    }
}
