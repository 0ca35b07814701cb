package io.gatehouse.gateway.ops;

import static org.springframework.web.reactive.function.server.RequestPredicates.DELETE;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.ListedSession;
import io.gatehouse.gateway.session.SessionEnds;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Sessions for operators: {@code GET /sessions?subject=...[&issuer=...]} lists those of a person, {@code DELETE
 * /sessions/{handle}} ends one, {@code DELETE /sessions?subject=...[&issuer=...]} those of a person and {@code DELETE
 * /sessions?all=true} everybody's. With {@code site=...} they are those of another site. Everything is audited, what
 * fails half-way too.
 */
final class SessionAdministration {

    private static final String SESSIONS = "/sessions";
    private static final String SESSION = "/sessions/{handle}";

    private final SiteOperations own;
    private final OtherSites others;
    private final AuditLog audit;

    SessionAdministration(SiteOperations own, OtherSites others, AuditLog audit) {
        this.own = own;
        this.others = others;
        this.audit = audit;
    }

    /** For the ops port only: as a bean it would be on the public port. */
    RouterFunction<ServerResponse> routes() {
        return route(GET(SESSIONS), this::list)
                .andRoute(DELETE(SESSIONS), this::endSeveral)
                .andRoute(DELETE(SESSION), this::endOne)
                .andRoute(path(SESSIONS), request -> OpsProblems.refuseMethod(HttpMethod.GET, HttpMethod.DELETE))
                .andRoute(path(SESSION), request -> OpsProblems.refuseMethod(HttpMethod.DELETE));
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return Mono.fromSupplier(() -> asked(request))
                .flatMap(asked -> list(request, asked))
                .flatMap(sessions -> ok(Map.of("sessions", sessions)));
    }

    private Mono<List<Map<String, Object>>> list(ServerRequest request, AskedSite asked) {
        SiteOperations site = asked.operations();
        SessionSelection.OfUser user = SessionSelection.readUser(asked.query(), site.issuer());
        Mono<List<Map<String, Object>>> listed = site.ends()
                .ofUser(user.issuer(), user.subject())
                .map(ListedSession::json)
                .collectList();
        return audited(request, "list", asked.describe(user), listed, List::size);
    }

    private Mono<ServerResponse> endSeveral(ServerRequest request) {
        return Mono.fromSupplier(() -> asked(request))
                .flatMap(asked -> endSeveral(request, asked))
                .flatMap(ended -> ok(Map.of("ended", ended)));
    }

    private Mono<Long> endSeveral(ServerRequest request, AskedSite asked) {
        SiteOperations site = asked.operations();
        SessionSelection selection = SessionSelection.read(asked.query(), site.issuer());
        return audited(request, "end", asked.describe(selection), end(site.ends(), selection), Long::longValue);
    }

    private static Mono<Long> end(SessionEnds ends, SessionSelection selection) {
        return switch (selection) {
            case SessionSelection.OfUser user -> ends.endUser(user.issuer(), user.subject());
            case SessionSelection.All() -> ends.endAll();
            case SessionSelection.One one -> ends.end(one.handle()).map(ended -> ended ? 1L : 0L);
        };
    }

    private Mono<ServerResponse> endOne(ServerRequest request) {
        return Mono.fromSupplier(() -> asked(request))
                .flatMap(asked -> endOne(request, asked))
                .filter(ended -> ended > 0)
                .switchIfEmpty(Mono.error(
                        () -> GatewayException.of(ProblemType.SESSION_UNKNOWN, "no session has this handle")))
                .flatMap(ended -> answer(HttpStatus.NO_CONTENT).build());
    }

    private Mono<Long> endOne(ServerRequest request, AskedSite asked) {
        SessionSelection one = SessionSelection.readOne(request.pathVariable("handle"), asked.query());
        Mono<Long> ended = end(asked.operations().ends(), one);
        return audited(request, "end", asked.describe(one), ended, Long::longValue);
    }

    private AskedSite asked(ServerRequest request) {
        return AskedSite.of(request, own, others.operations());
    }

    /** Records who did what, once it is done, or has failed, or the operator has gone before the end. */
    private <T> Mono<T> audited(
            ServerRequest request, String action, String target, Mono<T> work, ToLongFunction<T> sessions) {
        String operator = OperatorGate.operator(request);
        Runnable failed = () -> audit.record(new SecurityEvent.OperatorFailed(operator, action, target));
        return work.doOnNext(done -> audit.record(
                        new SecurityEvent.OperatorActed(operator, action, target, sessions.applyAsLong(done))))
                .doOnError(failure -> failed.run())
                .doOnCancel(failed);
    }

    private static Mono<ServerResponse> ok(Map<String, ?> body) {
        return answer(HttpStatus.OK).bodyValue(body);
    }

    private static ServerResponse.BodyBuilder answer(HttpStatus status) {
        return ServerResponse.status(status).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
