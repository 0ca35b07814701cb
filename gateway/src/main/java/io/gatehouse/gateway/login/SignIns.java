package io.gatehouse.gateway.login;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Makes a session of a flow that has come back, once. */
final class SignIns {

    private final AuthorizationRequests requests;
    private final CodeExchange codeExchange;
    private final ClusterMarks marks;
    private final Sessions sessions;
    private final SignedOutMarker signedOut;
    private final AuditLog audit;
    private final Duration flowLifetime;
    private final Clock clock;
    private final SingleFlight<String, BrowserSession> inProgress = new SingleFlight<>();

    SignIns(
            AuthorizationRequests requests,
            CodeExchange codeExchange,
            ClusterMarks marks,
            Sessions sessions,
            SignedOutMarker signedOut,
            AuditLog audit,
            Duration flowLifetime,
            Clock clock) {
        this.requests = requests;
        this.codeExchange = codeExchange;
        this.marks = marks;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.audit = audit;
        this.flowLifetime = flowLifetime;
        this.clock = clock;
    }

    /**
     * The new session. Empty if the flow has been finished already, on this replica or another. Goes on if the browser
     * gives up, and is shared if it asks again meanwhile: the code is good for one time.
     */
    Mono<BrowserSession> finish(Flow flow, String code, ServerHttpRequest request, ProviderMetadata metadata) {
        Instant since = clock.instant();
        Mono<BrowserSession> attempt = marks.setOnce(flow.mark(), flowLifetime)
                .filter(Boolean::booleanValue)
                .flatMap(first -> redeem(flow, code, request, metadata))
                .flatMap(signIn -> sessions.begin(request, signIn.identity(), signIn.tokens(), since))
                .flatMap(session -> enter(session, flow.organization()))
                .doOnNext(this::recordSuccess);
        return inProgress.join(flow.mark(), attempt);
    }

    private Mono<CodeExchange.SignIn> redeem(
            Flow flow, String code, ServerHttpRequest request, ProviderMetadata metadata) {
        Instant signedOutAt = signedOut.signedOutAt(request).orElse(null);
        Instant oldest = flow.oldestAuthentication(signedOutAt, clock.instant()).orElse(null);
        return codeExchange
                .redeem(
                        new CodeExchange.Grant(code, flow.state(), oldest, flow.demand()),
                        requests.of(flow, flow.state(), metadata),
                        requests.resources(),
                        metadata)
                .onErrorResume(SignIns::isTemporary, failure -> allowAgain(flow, failure));
    }

    /** Has the person act for an organization they belong to. */
    private Mono<BrowserSession> enter(BrowserSession session, String organization) {
        return session.identity().texts("organizations").contains(organization)
                ? sessions.change(session, newest -> newest.in(organization))
                : Mono.just(session);
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof GatewayException named && named.type().isTemporary();
    }

    /** If the IdP has not answered, the code may still be good. If it is not, the IdP says so the next time. */
    private <T> Mono<T> allowAgain(Flow flow, Throwable failure) {
        return marks.unset(flow.mark())
                .onErrorResume(GatewayException.class, markStays -> Mono.empty())
                .then(Mono.error(failure));
    }

    private void recordSuccess(BrowserSession session) {
        Identity who = session.identity();
        audit.record(new SecurityEvent.SignedIn(who.subject(), who.sid()));
    }
}
