package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses the requests of those who send more than their route takes, with {@link ProblemType#RATE_LIMITED}. Changes
 * neither the request nor the answer, and asks Redis once for each request.
 *
 * <p>Steps aside on routes without a limit, and everywhere while Redis does not answer: a limit protects an upstream,
 * and nobody is let in who may not come in.
 */
@Order(FilterOrder.RATE_LIMIT)
final class RateLimitGlobalFilter implements GlobalFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitGlobalFilter.class);

    private final Derived<GatewayRoute, TokenBucket> byRoute =
            new Derived<>(route -> TokenBucket.of(route.settings().rateLimit()));
    private final Buckets buckets;
    private final RequestSender senders;
    private final RareWarning warning;

    RateLimitGlobalFilter(Buckets buckets, RequestSender senders, RareWarning warning) {
        this.buckets = buckets;
        this.senders = senders;
        this.warning = warning;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        GatewayRoute route = GatewayRoute.of(exchange);
        if (!route.settings().rateLimit().isLimiting()) {
            return chain.filter(exchange);
        }
        return buckets.take(senders.name(exchange, route), byRoute.of(route))
                .onErrorResume(GatewayException.class, this::letPass)
                .filter(Duration::isPositive)
                .flatMap(wait -> Mono.<Void>error(() -> refusal(route, wait)))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private Mono<Duration> letPass(GatewayException failure) {
        if (warning.isDue()) {
            LOG.atWarn().addKeyValue("detail", failure.getMessage()).log("requests let through uncounted");
        }
        return Mono.empty();
    }

    private static GatewayException refusal(GatewayRoute route, Duration wait) {
        String by = "by " + route.settings().rateLimit().by();
        return GatewayException.until(ProblemType.RATE_LIMITED, by, wait);
    }
}
