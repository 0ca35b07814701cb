package io.gatehouse.gateway.edge;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id of our own, whatever it brought along. The id names a request and guards nothing, so it
 * need not be unguessable. Changes neither the request nor the response.
 */
@Order(FilterOrder.CORRELATION_ID)
final class CorrelationIdWebFilter implements WebFilter {

    private final RandomGenerator random;

    CorrelationIdWebFilter(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        CorrelationId.set(exchange, HexFormat.of().toHexDigits(random.nextLong()));
        return chain.filter(exchange);
    }
}
