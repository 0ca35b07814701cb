package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.TimeoutRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Tells those who call the upstream how long the route waits for it, and watches over an answer that has begun where
 * the route limits its silence. Changes neither the request nor the answer.
 */
@Order(FilterOrder.TIMEOUTS)
final class TimeoutsGlobalFilter implements GlobalFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        TimeoutRule rule = GatewayRoute.of(exchange).settings().timeouts();
        return chain.filter(watched(exchange, rule.idle())).contextWrite(rule::addTo);
    }

    private static ServerWebExchange watched(ServerWebExchange exchange, @Nullable Duration idle) {
        return idle == null
                ? exchange
                : exchange.mutate()
                        .response(new WatchedResponse(exchange, idle))
                        .build();
    }
}
