package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.Sessions;
import java.util.function.Function;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** When the session ends that an exchange is relayed for, or the token expires that an API client has sent. */
final class SessionEnd {

    private final Sessions sessions;
    private final LiveSessions live;
    private final BearerTokens bearerTokens;

    SessionEnd(Sessions sessions, LiveSessions live, BearerTokens bearerTokens) {
        this.sessions = sessions;
        this.live = live;
        this.bearerTokens = bearerTokens;
    }

    /** Completes then. Never does for an anonymous request, nor on a public route, where the session plays no part. */
    Mono<Void> of(ServerWebExchange exchange) {
        if (BearerTokens.isSentWith(exchange)) {
            return bearerTokens.untilExpiry(exchange);
        }
        return isPossible(exchange)
                ? sessions.current(exchange)
                        .map(live::untilEnd)
                        .defaultIfEmpty(Mono.never())
                        .flatMap(Function.identity())
                : Mono.never();
    }

    /** What it means for a request whose answer has not begun by then. */
    static ProblemType problem(ServerWebExchange exchange) {
        return BearerTokens.isSentWith(exchange) ? ProblemType.TOKEN_INVALID : ProblemType.SESSION_ENDED;
    }

    static boolean isPossible(ServerWebExchange exchange) {
        return GatewayRoute.of(exchange).access() != Access.PUBLIC;
    }
}
