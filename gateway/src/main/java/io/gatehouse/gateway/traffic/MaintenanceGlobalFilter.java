package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers in place of an upstream that is being worked on, with {@link ProblemType#UNDER_MAINTENANCE}. Nobody has to
 * sign in to be told. Steps aside on every other route.
 */
@Order(FilterOrder.MAINTENANCE)
final class MaintenanceGlobalFilter implements GlobalFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return GatewayRoute.of(exchange).settings().maintenance()
                ? Mono.error(() -> GatewayException.of(ProblemType.UNDER_MAINTENANCE))
                : chain.filter(exchange);
    }
}
