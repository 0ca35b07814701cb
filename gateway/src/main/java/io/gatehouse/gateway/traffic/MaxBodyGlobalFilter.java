package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses bodies that are larger than their route takes, with {@link ProblemType#CONTENT_TOO_LARGE}: at once where the
 * request says so, otherwise when it turns out. Then the upstream, which has got a part of it, sees its connection
 * broken off and no end of the body, and so does the browser if its answer has begun.
 *
 * <p>What is left of such a body is not read: the answer closes the connection. Steps aside on routes without a limit.
 */
@Order(FilterOrder.MAX_BODY)
final class MaxBodyGlobalFilter implements GlobalFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        DataSize max = GatewayRoute.of(exchange).settings().maxBody();
        return max == null ? chain.filter(exchange) : limited(exchange, max.toBytes(), chain);
    }

    private static Mono<Void> limited(ServerWebExchange exchange, long maxBytes, GatewayFilterChain chain) {
        LimitedBody request = new LimitedBody(exchange.getRequest(), maxBytes);
        Mono<Void> answered = request.isTooLarge()
                ? Mono.error(LimitedBody::refusal)
                : Mono.firstWithSignal(
                        chain.filter(exchange.mutate().request(request).build()),
                        request.excess().then(Mono.defer(() -> BrokenOff.answer(exchange, LimitedBody.refusal()))));
        return answered.doOnError(
                GatewayException.is(ProblemType.CONTENT_TOO_LARGE), refusal -> closeAfter(exchange.getResponse()));
    }

    private static void closeAfter(ServerHttpResponse response) {
        response.beforeCommit(
                () -> Mono.fromRunnable(() -> response.getHeaders().setConnection("close")));
    }
}
