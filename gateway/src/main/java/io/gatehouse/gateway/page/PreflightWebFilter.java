package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.FilterOrder;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Protects the answer to a CORS preflight as every other answer of ours. Spring writes it, by the policy that is
 * configured or else with a refusal, and never lets a preflight reach a route. Changes nothing of the request, and
 * steps aside for whatever is no preflight.
 */
@Order(FilterOrder.PREFLIGHT)
final class PreflightWebFilter implements WebFilter {

    private final OwnAnswers answers;

    PreflightWebFilter(OwnAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            answers.protect(exchange, "");
        }
        return chain.filter(exchange);
    }
}
