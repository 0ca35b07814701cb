package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.FilterOrder;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers preflights to the gateway's own endpoints (Fetch Standard, section 3.3.2): with the permission or without it,
 * never with a challenge. Steps aside for every other request, those to upstreams among them.
 */
@Order(FilterOrder.PREFLIGHT)
final class PreflightWebFilter implements WebFilter {

    private final OwnAnswers answers;
    private final BasePath basePath;

    PreflightWebFilter(OwnAnswers answers, BasePath basePath) {
        this.answers = answers;
        this.basePath = basePath;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return CorsUtils.isPreFlightRequest(request) && isOurs(request.getPath().value())
                ? answers.preflight(exchange)
                : chain.filter(exchange);
    }

    private boolean isOurs(String path) {
        return path.equals(basePath.value()) || path.startsWith(basePath.value() + "/");
    }
}
