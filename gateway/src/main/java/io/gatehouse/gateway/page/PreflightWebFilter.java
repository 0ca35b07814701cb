package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.FilterOrder;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers preflights to the gateway's own endpoints (Fetch Standard, section 3.3.2): with the permission or without it,
 * never with a challenge. Those for routes that say nothing about other origins Spring answers, by the policy that is
 * configured or else with a refusal, and never lets one reach an upstream; its answers are protected here as every
 * other one of ours. Steps aside for whatever is no preflight.
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
        if (!CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        if (basePath.covers(exchange.getRequest().getPath().value())) {
            return answers.preflight(exchange);
        }
        answers.protect(exchange, "");
        return chain.filter(exchange);
    }
}
