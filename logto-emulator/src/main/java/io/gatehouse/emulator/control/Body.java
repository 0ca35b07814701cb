package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.session.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a control call, read strictly: a member of the wrong type is refused, not guessed at. */
record Body(ObjectNode object) {

    static Body of(Request request) {
        return new Body(Json.readObject(request.body().isBlank() ? "{}" : request.body())
                .orElseThrow(() -> new BadRequest("the body must be a JSON object")));
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        if (!object.path(name).isString()) {
            throw new BadRequest(name + " must be a string");
        }
        return object.path(name).asString();
    }

    String textOr(String name, String absent) {
        return has(name) ? text(name) : absent;
    }

    /** The text, null where the member says {@code null}, or what is known where it is not there. */
    @Nullable
    String nullableOr(String name, @Nullable String known) {
        if (!has(name)) {
            return known;
        }
        return object.path(name).isNull() ? null : text(name);
    }

    boolean flagOr(String name, boolean absent) {
        if (!has(name)) {
            return absent;
        }
        if (!object.path(name).isBoolean()) {
            throw new BadRequest(name + " must be true or false");
        }
        return object.path(name).asBoolean();
    }

    int numberOr(String name, int absent) {
        if (!has(name)) {
            return absent;
        }
        if (!object.path(name).isIntegralNumber()) {
            throw new BadRequest(name + " must be a whole number");
        }
        return object.path(name).asInt();
    }

    Duration duration(String name) {
        return Durations.parse(text(name))
                .orElseThrow(() -> new BadRequest(name + " must be a duration such as 500ms, 5s or PT5S"));
    }

    @Nullable
    Duration durationOr(String name, @Nullable Duration known) {
        if (!has(name)) {
            return known;
        }
        return object.path(name).isNull() ? null : duration(name);
    }

    List<String> listOr(String name, List<String> absent) {
        if (!has(name)) {
            return absent;
        }
        if (!object.path(name).isArray()) {
            throw new BadRequest(name + " must be an array of strings");
        }
        return Json.strings(object.path(name));
    }

    Set<String> setOr(String name, Set<String> absent) {
        return has(name) ? new LinkedHashSet<>(listOr(name, List.of())) : absent;
    }

    /** Arrays of strings by member name. */
    Map<String, Set<String>> setsOr(String name, Map<String, Set<String>> absent) {
        if (!has(name)) {
            return absent;
        }
        var sets = new LinkedHashMap<String, Set<String>>();
        var members = new Body(member(name));
        members.object().propertyNames().forEach(it -> sets.put(it, members.setOr(it, Set.of())));
        return sets;
    }

    ObjectNode member(String name) {
        if (object.path(name) instanceof ObjectNode member) {
            return member;
        }
        throw new BadRequest(name + " must be a JSON object");
    }

    JsonNode value(String name) {
        return object.path(name);
    }
}
