package io.gatehouse.emulator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request, read to its end.
 *
 * @param path decoded nowhere: the raw path without its query
 * @param headers names compare without regard to case
 * @param pathVariables what the route's template names, empty before routing
 * @param remoteAddress the peer's address without its port
 */
public record Request(
        String method,
        String path,
        Parameters query,
        Map<String, List<String>> headers,
        String body,
        Map<String, String> pathVariables,
        String remoteAddress) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public String pathVariable(String name) {
        return Optional.ofNullable(pathVariables.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no path variable " + name));
    }

    Request withPathVariables(Map<String, String> variables) {
        return new Request(method, path, query, headers, body, variables, remoteAddress);
    }

    /** The cookie's raw value, quotes and all: Logto writes JSON into some (RFC 6265, section 4.1.1 forbids that). */
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(header -> List.of(header.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /** The body's parameters: a form, or a JSON object whose members are taken as if they came from a form. */
    public Parameters form() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return Json.readObject(body).map(Request::members).orElse(Parameters.NONE);
        }
        return type.startsWith("application/x-www-form-urlencoded") ? Parameters.parse(body) : Parameters.NONE;
    }

    /** The parameters of a request that may come by GET or by POST. */
    public Parameters sent() {
        return method.equals("POST") ? form() : query;
    }

    private static Parameters members(ObjectNode object) {
        var values = new LinkedHashMap<String, List<String>>();
        object.properties().forEach(member -> values.put(member.getKey(), strings(member.getValue())));
        return new Parameters(values);
    }

    private static List<String> strings(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asString).toList() : List.of(value.asString());
    }
}
