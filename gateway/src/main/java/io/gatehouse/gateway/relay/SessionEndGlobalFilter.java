package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.traffic.BrokenOff;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets nothing that is relayed for a session outlive it by more than a moment. An event stream is told and completed;
 * anything else has a second to finish. After that a request whose answer has not begun fails with
 * {@link ProblemType#SESSION_ENDED}, and an answer that has begun is broken off, so that nobody takes the part that has
 * arrived for the whole. The same goes for the token of an API client, but for the problem, which is
 * {@link ProblemType#TOKEN_INVALID}, and for event streams, which are broken off as well.
 *
 * <p>Steps aside on public routes. So it does once a WebSocket is open; {@link WebSocketRoutingFilter} sees to that.
 */
@Order(FilterOrder.SESSION_END)
final class SessionEndGlobalFilter implements GlobalFilter {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final SessionEnd sessionEnd;
    private final EventStreamEnd eventStreamEnd;

    SessionEndGlobalFilter(SessionEnd sessionEnd, EventStreamEnd eventStreamEnd) {
        this.sessionEnd = sessionEnd;
        this.eventStreamEnd = eventStreamEnd;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!SessionEnd.isPossible(exchange)) {
            return chain.filter(exchange);
        }
        Mono<Void> ended = sessionEnd.of(exchange);
        ServerWebExchange relayed = withEvent(exchange, ended);
        return Mono.firstWithSignal(chain.filter(relayed), ended.then(cut(exchange)));
    }

    /** An API client has nothing to sign in with: its event streams are broken off like everything else. */
    private ServerWebExchange withEvent(ServerWebExchange exchange, Mono<Void> ended) {
        ServerHttpResponse response = exchange.getResponse();
        return BearerTokens.isSentWith(exchange)
                ? exchange
                : exchange.mutate()
                        .response(new EventStreamResponse(response, ended, eventStreamEnd))
                        .build();
    }

    private static Mono<Void> cut(ServerWebExchange exchange) {
        ProblemType problem = SessionEnd.problem(exchange);
        return Mono.delay(GRACE).then(Mono.defer(() -> breakOff(exchange, problem)));
    }

    private static Mono<Void> breakOff(ServerWebExchange exchange, ProblemType problem) {
        ServerHttpResponse response = exchange.getResponse();
        if (!response.isCommitted()) {
            // Otherwise the rest of an upload would be read, and thrown away.
            response.beforeCommit(
                    () -> Mono.fromRunnable(() -> response.getHeaders().setConnection("close")));
            return Mono.error(() -> GatewayException.of(problem, "while it was relayed"));
        }
        if (HttpStatus.SWITCHING_PROTOCOLS.equals(response.getStatusCode())) {
            return Mono.never();
        }
        BrokenOff.cut(exchange);
        return Mono.never();
    }
}
