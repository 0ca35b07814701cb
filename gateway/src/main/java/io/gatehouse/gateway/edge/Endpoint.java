package io.gatehouse.gateway.edge;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * One of the gateway's own endpoints. A feature that has some declares them as beans; they are matched before any
 * route.
 *
 * @param path an absolute path without patterns
 * @param methods the methods it answers
 * @param handler answers the request
 */
public record Endpoint(String path, Set<HttpMethod> methods, WebHandler handler) {

    /**
     * For endpoints that only show something, or only lead somewhere else. What acts on a {@code GET} does not act on a
     * {@code HEAD}.
     */
    public static final Set<HttpMethod> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    public Endpoint {
        methods = Set.copyOf(methods);
    }

    /** An endpoint that is switched off, and answers as if there were none. */
    public static Endpoint missing(String path) {
        return new Endpoint(
                path,
                Set.of(HttpMethod.values()),
                exchange -> Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    Mono<Void> handle(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        if (methods.contains(method)) {
            return handler.handle(exchange);
        }
        return Mono.error(() -> new MethodNotAllowedException(method, methods));
    }
}
