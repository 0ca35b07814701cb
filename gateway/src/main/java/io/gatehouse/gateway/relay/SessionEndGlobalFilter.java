package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Lets nothing that is relayed for a session outlive it by more than a moment. An event stream is told and completed;
 * anything else has a second to finish. After that a request whose answer has not begun fails with
 * {@link ProblemType#SESSION_ENDED}, and an answer that has begun is broken off, so that nobody takes the part that has
 * arrived for the whole.
 *
 * <p>Steps aside on public routes. WebSockets have left this path once they are open;
 * {@link SessionEndWebSocketService} sees to them.
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
        ServerHttpResponse response = new EventStreamResponse(exchange.getResponse(), ended, eventStreamEnd);
        Mono<Void> relayed = chain.filter(exchange.mutate().response(response).build());
        return Mono.firstWithSignal(relayed, ended.then(cut(exchange.getResponse())));
    }

    private static Mono<Void> cut(ServerHttpResponse response) {
        return Mono.delay(GRACE).then(Mono.defer(() -> breakOff(response)));
    }

    private static Mono<Void> breakOff(ServerHttpResponse response) {
        if (!response.isCommitted()) {
            // Otherwise the rest of an upload would be read, and thrown away.
            response.beforeCommit(
                    () -> Mono.fromRunnable(() -> response.getHeaders().setConnection("close")));
            return Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED, "while it was relayed"));
        }
        HttpServerResponse begun = ServerHttpResponseDecorator.getNativeResponse(response);
        begun.withConnection(SessionEndGlobalFilter::abort);
        return Mono.never();
    }

    /** With a reset: without length and chunks (HTTP/1.0) the end of the connection would be the end of the answer. */
    private static void abort(Connection connection) {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        connection.dispose();
    }
}
