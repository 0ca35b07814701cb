package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.Sessions;
import java.util.function.Function;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** When the session ends that an exchange is relayed for. */
final class SessionEnd {

    private final Sessions sessions;
    private final LiveSessions live;

    SessionEnd(Sessions sessions, LiveSessions live) {
        this.sessions = sessions;
        this.live = live;
    }

    /** Completes then. Never does for an anonymous request, nor on a public route, where the session plays no part. */
    Mono<Void> of(ServerWebExchange exchange) {
        return isPossible(exchange)
                ? sessions.current(exchange)
                        .map(live::untilEnd)
                        .defaultIfEmpty(Mono.never())
                        .flatMap(Function.identity())
                : Mono.never();
    }

    static boolean isPossible(ServerWebExchange exchange) {
        return GatewayRoute.of(exchange).access() != Access.PUBLIC;
    }
}
