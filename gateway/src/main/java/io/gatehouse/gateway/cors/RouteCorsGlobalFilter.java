package io.gatehouse.gateway.cors;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.CorsRule;
import io.gatehouse.gateway.route.GatewayRoute;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Says on every answer of a route, the gateway's own refusals among them, which pages may read it. Changes nothing of
 * the request. Steps aside on routes that say nothing about other origins, or leave it to their upstream.
 */
@Order(FilterOrder.ROUTE_CORS)
final class RouteCorsGlobalFilter implements GlobalFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        CorsRule rule = GatewayRoute.of(exchange).settings().cors();
        if (rule.isOurs()) {
            @Nullable String origin = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ORIGIN);
            ServerHttpResponse response = exchange.getResponse();
            response.beforeCommit(() -> Mono.fromRunnable(() -> Permission.write(rule, origin, response.getHeaders())));
        }
        return chain.filter(exchange);
    }
}
