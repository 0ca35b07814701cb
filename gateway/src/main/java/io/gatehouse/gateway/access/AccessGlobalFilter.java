package io.gatehouse.gateway.access;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.Preflight;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets requests pass to the {@linkplain AccessDecision decision} first, and to everything else only then. Routes whose
 * upstream is behind another proxy are not served here.
 *
 * <p>A preflight passes without a decision where the upstream answers it: it acts for nobody, and has no cookie.
 */
@Order(FilterOrder.ACCESS)
final class AccessGlobalFilter implements GlobalFilter {

    private final AccessDecision decision;

    AccessGlobalFilter(AccessDecision decision) {
        this.decision = decision;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (GatewayRoute.of(exchange).settings().isElsewhere()) {
            return Mono.error(() -> GatewayException.of(ProblemType.NOT_FOUND));
        }
        boolean isOpen =
                GatewayRoute.of(exchange).settings().cors().isUpstreams() && Preflight.isOne(exchange.getRequest());
        return isOpen
                ? chain.filter(exchange)
                : decision.decide(exchange).then(Mono.defer(() -> chain.filter(exchange)));
    }
}
