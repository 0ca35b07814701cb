package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses requests that cannot be judged safely, before anything else reads them. Changes nothing. */
@Order(FilterOrder.REQUEST_FIREWALL)
final class RequestFirewall implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return RequestCheck.objection(exchange.getRequest())
                .map(type -> Mono.<Void>error(GatewayException.of(type)))
                .orElseGet(() -> chain.filter(exchange));
    }
}
