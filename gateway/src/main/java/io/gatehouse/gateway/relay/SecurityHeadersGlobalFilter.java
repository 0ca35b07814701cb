package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.route.GatewayRoute;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Adds security headers to the answers of upstreams that set none, where a route asks for it. Whatever an upstream says
 * itself stays as it is: it knows its pages. A 304 is left alone, because its headers take the place of those that are
 * stored (RFC 9111, section 3.2).
 */
@Order(FilterOrder.SECURITY_HEADERS)
final class SecurityHeadersGlobalFilter implements GlobalFilter {

    private static final String POLICY = "Content-Security-Policy";
    private static final String FRAMES = "X-Frame-Options";

    private final boolean isSecure;

    SecurityHeadersGlobalFilter(PublicUrl publicUrl) {
        this.isSecure = publicUrl.isSecure();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return GatewayRoute.of(exchange).securityHeaders()
                ? chain.filter(exchange).then(Mono.fromRunnable(() -> complete(exchange)))
                : chain.filter(exchange);
    }

    /** The head of the upstream's answer is there, and nothing has been written yet; unless it was a WebSocket. */
    private void complete(ServerWebExchange exchange) {
        boolean isUpdate = HttpStatus.NOT_MODIFIED.equals(exchange.getResponse().getStatusCode());
        if (isUpdate || exchange.getResponse().isCommitted()) {
            return;
        }
        HttpHeaders headers = exchange.getResponse().getHeaders();
        add(headers, "X-Content-Type-Options", "nosniff");
        add(headers, "Referrer-Policy", "strict-origin-when-cross-origin");
        if (!headers.containsHeader(POLICY) && !headers.containsHeader(FRAMES)) {
            headers.set(POLICY, "frame-ancestors 'self'");
            headers.set(FRAMES, "SAMEORIGIN");
        }
        if (isSecure) {
            add(headers, "Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static void add(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
