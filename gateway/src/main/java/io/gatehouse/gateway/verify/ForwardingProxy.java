package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Where a proxy says what was asked of it. Nothing else is looked at: a browser may have sent it. */
public enum ForwardingProxy {
    /** {@code auth_request}, which is told the two headers in its configuration. */
    NGINX {
        @Override
        Asked read(ServerHttpRequest request, String endpoint) {
            HttpHeaders headers = request.getHeaders();
            return new Asked(single(headers, "X-Original-Method"), single(headers, "X-Original-URL"));
        }
    },

    /** {@code ForwardAuth}. */
    TRAEFIK {
        @Override
        Asked read(ServerHttpRequest request, String endpoint) {
            return forwarded(request.getHeaders());
        }
    },

    /** {@code forward_auth}. */
    CADDY {
        @Override
        Asked read(ServerHttpRequest request, String endpoint) {
            return forwarded(request.getHeaders());
        }
    },

    /** {@code ext_authz} over HTTP with the endpoint as {@code path_prefix}: the path follows it. */
    ENVOY {
        @Override
        Asked read(ServerHttpRequest request, String endpoint) {
            String target = request.getURI().getRawPath().substring(endpoint.length());
            String query = request.getURI().getRawQuery();
            String host = single(request.getHeaders(), HttpHeaders.HOST);
            return new Asked(
                    request.getMethod().name(), "http://" + host + target + (query == null ? "" : "?" + query));
        }
    };

    /**
     * What was asked for.
     *
     * @param url absolute, as it came
     */
    record Asked(String method, String url) {}

    /**
     * Reads it. Fails with {@link ProblemType#INVALID_REQUEST} if something is missing, or there twice.
     *
     * @param endpoint the path of our own at which the proxy asks
     */
    abstract Asked read(ServerHttpRequest request, String endpoint);

    /** Whether it can only be told to let a request pass or not, and answers the browser itself. */
    boolean answersItself() {
        return this == NGINX;
    }

    private static Asked forwarded(HttpHeaders headers) {
        String origin = single(headers, "X-Forwarded-Proto") + "://" + single(headers, "X-Forwarded-Host");
        return new Asked(single(headers, "X-Forwarded-Method"), origin + single(headers, "X-Forwarded-Uri"));
    }

    private static String single(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        if (values.size() != 1) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "not exactly one " + name);
        }
        return values.getFirst();
    }
}
