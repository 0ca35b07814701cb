package io.gatehouse.gateway.device;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.Sessions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/sessions}: where the person is signed in, as a page or, for scripts, as JSON. It is for signed-in
 * people, and keeps their session alive like any page of theirs.
 */
final class SessionsEndpoint implements WebHandler {

    private final Sessions sessions;
    private final OwnSessions ownSessions;
    private final OwnAnswers answers;
    private final SessionsPage page;
    private final Clock clock;

    SessionsEndpoint(Sessions sessions, OwnSessions ownSessions, OwnAnswers answers, EndpointPaths paths, Clock clock) {
        this.sessions = sessions;
        this.ownSessions = ownSessions;
        this.answers = answers;
        this.page = new SessionsPage(paths);
        this.clock = clock;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return sessions.current(exchange)
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED)))
                .flatMapMany(ownSessions::of)
                .collectList()
                .flatMap(all -> answer(exchange, all));
    }

    private Mono<Void> answer(ServerWebExchange exchange, List<OwnSession> all) {
        if (FetchMetadata.wantsPage(exchange.getRequest())) {
            return answers.page(exchange, HttpStatus.OK, page.of(all, clock.instant()));
        }
        List<Map<String, Object>> body = all.stream().map(OwnSession::json).toList();
        return answers.json(exchange, HttpStatus.OK, Map.of("sessions", body));
    }
}
