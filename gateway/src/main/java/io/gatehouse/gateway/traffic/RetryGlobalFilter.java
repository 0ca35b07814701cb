package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RetryRule;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sends a request once more whose connection was refused or broken off before an answer began, or that was answered
 * with a status the route does not want to be seen, as long as that is harmless and the route has some budget left. The
 * last outcome is the one that is seen.
 *
 * <p>Steps aside on routes without retries, for WebSockets, and for a request that is sent again already, because its
 * token was refused.
 */
@Order(FilterOrder.RETRY)
final class RetryGlobalFilter implements GlobalFilter {

    private static final long FIRST_PAUSE_MILLIS = 50;

    private final Derived<GatewayRoute, RetryBudget> budgets;

    RetryGlobalFilter(Clock clock) {
        this.budgets =
                new Derived<>(route -> new RetryBudget(route.settings().retry().budget(), clock));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        GatewayRoute route = GatewayRoute.of(exchange);
        RetryRule rule = route.settings().retry();
        boolean isUpgrade = exchange.getRequest().getHeaders().getUpgrade() != null;
        if (!rule.isRetrying() || isUpgrade || !(exchange.getRequest() instanceof Repeatable request)) {
            return chain.filter(exchange);
        }
        RetryBudget budget = budgets.of(route);
        budget.note();
        return new Attempts(chain, request, rule, budget).send(exchange, 1);
    }

    /** Those of one request. */
    private record Attempts(GatewayFilterChain chain, Repeatable request, RetryRule rule, RetryBudget budget) {

        /** @param number from 1; the first one is none that is counted */
        Mono<Void> send(ServerWebExchange exchange, int number) {
            return chain.filter(exchange)
                    .then(Mono.fromSupplier(() -> isUnwanted(exchange) && isAllowed(number)))
                    .onErrorResume(UpstreamTrouble::isBrokenConnection, failure -> another(failure, number))
                    .filter(Boolean::booleanValue)
                    .flatMap(again -> sendAgain(exchange, number));
        }

        private boolean isUnwanted(ServerWebExchange exchange) {
            HttpStatusCode status = exchange.getResponse().getStatusCode();
            return status != null && rule.statuses().contains(status.value());
        }

        private Mono<Boolean> another(Throwable failure, int number) {
            return isAllowed(number) ? Mono.just(true) : Mono.error(failure);
        }

        private boolean isAllowed(int number) {
            return number <= rule.attempts() && request.isHarmless() && budget.take();
        }

        private Mono<Void> sendAgain(ServerWebExchange exchange, int number) {
            ServerWebExchangeUtils.reset(exchange);
            ServerWebExchange next =
                    exchange.mutate().request(request.repeated()).build();
            return Mono.delay(pause(number)).then(Mono.defer(() -> send(next, number + 1)));
        }

        /** Twice as long each time, and of those who wait at the same time each another while. */
        private static Duration pause(int number) {
            long most = FIRST_PAUSE_MILLIS << number;
            return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most));
        }
    }
}
