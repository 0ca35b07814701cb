package io.gatehouse.emulator.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the handler by method and path. Templates such as {@code /oidc/auth/{uid}} match segment by segment; the first
 * that matches wins. HEAD is answered by GET's handler.
 */
public final class Routes implements Handler {

    private final List<Route> routes = new ArrayList<>();

    public Routes get(String template, Handler handler) {
        return on("GET", template, handler);
    }

    public Routes post(String template, Handler handler) {
        return on("POST", template, handler);
    }

    public Routes on(String method, String template, Handler handler) {
        routes.add(new Route(method, List.of(template.split("/", -1)), handler));
        return this;
    }

    @Override
    public Reply handle(Request request) {
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(request);
            if (variables.isPresent()) {
                return route.handler().handle(request.withPathVariables(variables.get()));
            }
        }
        return Response.json(404, Map.of("code", "request.not_found", "message", "Not found."));
    }

    private record Route(String method, List<String> template, Handler handler) {

        /** The path variables, or empty if this is not the request's route. */
        Optional<Map<String, String>> match(Request request) {
            String asked = request.method().equals("HEAD") ? "GET" : request.method();
            List<String> segments = List.of(request.path().split("/", -1));
            if (!method.equals(asked) || segments.size() != template.size()) {
                return Optional.empty();
            }
            var variables = new LinkedHashMap<String, String>();
            for (int i = 0; i < segments.size(); i++) {
                String expected = template.get(i);
                if (expected.startsWith("{")) {
                    variables.put(expected.substring(1, expected.length() - 1), decode(segments.get(i)));
                } else if (!expected.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }

        /** In a path a plus sign is a plus sign. */
        private static String decode(String segment) {
            return Parameters.decode(segment.replace("+", "%2B"));
        }
    }
}
