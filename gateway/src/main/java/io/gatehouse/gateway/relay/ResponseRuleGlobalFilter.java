package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.ResponseRule;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Changes the headers of an upstream's answer as its {@linkplain ResponseRule route} says. */
@Order(FilterOrder.RESPONSE_RULE)
final class ResponseRuleGlobalFilter implements GlobalFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ResponseRule rule = GatewayRoute.of(exchange).settings().response();
        return rule.isEmpty()
                ? chain.filter(exchange)
                : chain.filter(exchange).then(Mono.fromRunnable(() -> apply(rule, exchange.getResponse())));
    }

    /** The head of the upstream's answer is there, and nothing has been written yet; unless it was a WebSocket. */
    private static void apply(ResponseRule rule, ServerHttpResponse response) {
        if (!response.isCommitted()) {
            HttpHeaders headers = response.getHeaders();
            rule.removeHeaders().forEach(headers::remove);
            rule.setHeaders().forEach(header -> headers.set(header.name(), header.value()));
        }
    }
}
