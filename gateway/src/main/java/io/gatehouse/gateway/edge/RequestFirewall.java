package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
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
                .map(type -> refuse(exchange, type))
                .orElseGet(() -> chain.filter(exchange));
    }

    /** Nothing more is read from whoever sent this: the next request might be a part of it. */
    private static Mono<Void> refuse(ServerWebExchange exchange, ProblemType type) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return Mono.error(() -> GatewayException.of(type));
    }
}
