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
 * /sessions?all=true} everybody's. Everything is audited, what fails half-way too.
 */
final class SessionAdministration {

    private static final String SESSIONS = "/sessions";
    private static final String SESSION = "/sessions/{handle}";

    private final SessionEnds ends;
    private final String issuer;
    private final AuditLog audit;

    /** @param issuer whose subjects are meant unless a request names another one */
    SessionAdministration(SessionEnds ends, String issuer, AuditLog audit) {
        this.ends = ends;
        this.issuer = issuer;
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
        return Mono.fromSupplier(() -> SessionSelection.readUser(request.queryParams(), issuer))
                .flatMap(user -> audited(request, "list", user, listed(user), List::size))
                .flatMap(sessions -> ok(Map.of("sessions", sessions)));
    }

    private Mono<List<Map<String, Object>>> listed(SessionSelection.OfUser user) {
        return ends.ofUser(user.issuer(), user.subject())
                .map(ListedSession::json)
                .collectList();
    }

    private Mono<ServerResponse> endSeveral(ServerRequest request) {
        return Mono.fromSupplier(() -> SessionSelection.read(request.queryParams(), issuer))
                .flatMap(selection -> audited(request, "end", selection, end(selection), Long::longValue))
                .flatMap(ended -> ok(Map.of("ended", ended)));
    }

    private Mono<Long> end(SessionSelection selection) {
        return switch (selection) {
            case SessionSelection.OfUser user -> ends.endUser(user.issuer(), user.subject());
            case SessionSelection.All() -> ends.endAll();
            case SessionSelection.One one -> ends.end(one.handle()).map(ended -> ended ? 1L : 0L);
        };
    }

    private Mono<ServerResponse> endOne(ServerRequest request) {
        return Mono.fromSupplier(() -> SessionSelection.readOne(request.pathVariable("handle"), request.queryParams()))
                .flatMap(one -> audited(request, "end", one, end(one), Long::longValue))
                .filter(ended -> ended > 0)
                .switchIfEmpty(Mono.error(
                        () -> GatewayException.of(ProblemType.SESSION_UNKNOWN, "no session has this handle")))
                .flatMap(ended -> answer(HttpStatus.NO_CONTENT).build());
    }

    /** Records who did what, once it is done, or has failed, or the operator has gone before the end. */
    private <T> Mono<T> audited(
            ServerRequest request, String action, SessionSelection target, Mono<T> work, ToLongFunction<T> sessions) {
        String operator = OperatorGate.operator(request);
        String of = target.toString();
        Runnable failed = () -> audit.record(new SecurityEvent.OperatorFailed(operator, action, of));
        return work.doOnNext(done ->
                        audit.record(new SecurityEvent.OperatorActed(operator, action, of, sessions.applyAsLong(done))))
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
