package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.EndpointPaths;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets pages of listed origins read some of the gateway's own answers (Fetch Standard, section 3.3): those that say who
 * is signed in, that somebody has to sign in, or where a sign-out goes on. What an upstream answers is the upstream's.
 */
final class Cors {

    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

    private final CorsProperties properties;
    private final Set<String> shared;

    Cors(CorsProperties properties, EndpointPaths paths) {
        this.properties = properties;
        this.shared = Set.of(paths.session(), paths.signOut());
    }

    /** Adds to an answer what lets its reader have it, and what keeps a cache from giving it to another one. */
    void allow(ServerWebExchange exchange, HttpStatus status) {
        if (properties.allowedOrigins().isEmpty() || !(isShared(exchange.getRequest()) || isRefusal(status))) {
            return;
        }
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (properties.isListed(exchange.getRequest())) {
            headers.setAccessControlAllowOrigin(
                    exchange.getRequest().getHeaders().getOrigin());
            headers.setAccessControlAllowCredentials(true);
            headers.setAccessControlExposeHeaders(
                    List.of(CorrelationId.HEADER, HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER));
        }
    }

    /** Adds what a preflight asks for; nothing if its page may not read the answer anyway. */
    void allowMethods(ServerWebExchange exchange) {
        if (isShared(exchange.getRequest()) && properties.isListed(exchange.getRequest())) {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.setAccessControlAllowMethods(List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
            headers.setAccessControlAllowHeaders(List.of(HttpHeaders.CONTENT_TYPE));
            headers.setAccessControlMaxAge(PREFLIGHT_MAX_AGE);
        }
    }

    private boolean isShared(ServerHttpRequest request) {
        return shared.contains(request.getPath().value());
    }

    private static boolean isRefusal(HttpStatus status) {
        return status == HttpStatus.UNAUTHORIZED || status == HttpStatus.FORBIDDEN;
    }
}
