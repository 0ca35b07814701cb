package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import java.time.Clock;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Leaves an upstream alone that keeps failing: answers in its place, with {@link ProblemType#UPSTREAM_RESTING}. Each
 * time a request is sent counts by itself; what goes wrong with a request on the browser's side does not. WebSockets
 * are held off as well, and do not count.
 *
 * <p>Steps aside on routes that do not watch their upstream.
 */
@Order(FilterOrder.CIRCUIT_BREAKER)
final class CircuitBreakerGlobalFilter implements GlobalFilter {

    private final Derived<GatewayRoute, UpstreamBreaker> breakers;

    CircuitBreakerGlobalFilter(Clock clock) {
        this.breakers = new Derived<>(
                route -> new UpstreamBreaker(route.id(), route.settings().circuitBreaker(), clock));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        GatewayRoute route = GatewayRoute.of(exchange);
        return route.settings().circuitBreaker().isWatching()
                ? Mono.defer(() -> guarded(exchange, chain, breakers.of(route)))
                : chain.filter(exchange);
    }

    private static Mono<Void> guarded(ServerWebExchange exchange, GatewayFilterChain chain, UpstreamBreaker breaker) {
        if (!breaker.isClosed()) {
            return Mono.error(() ->
                    GatewayException.until(ProblemType.UPSTREAM_RESTING, "upstream not called", breaker.timeLeft()));
        }
        if (exchange.getRequest().getHeaders().getUpgrade() != null) {
            breaker.undecided();
            return chain.filter(exchange);
        }
        SentByBrowser request = new SentByBrowser(exchange.getRequest());
        return chain.filter(exchange.mutate().request(request).build())
                .doOnSuccess(done -> breaker.answered(exchange.getResponse().getStatusCode()))
                .doOnError(failure -> count(failure, request, breaker))
                .doOnCancel(breaker::undecided);
    }

    private static void count(Throwable failure, SentByBrowser request, UpstreamBreaker breaker) {
        if (UpstreamTrouble.isNoAnswer(failure) && !request.isBrokenOff()) {
            breaker.failed();
            return;
        }
        breaker.undecided();
    }
}
