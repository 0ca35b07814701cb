package io.gatehouse.gateway.device;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.ListedSession;
import io.gatehouse.gateway.session.SessionEnds;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of the person who asks. Whatever is done here is done to these and to no others. */
final class OwnSessions {

    private static final int AT_ONCE = 16;

    private final SessionEnds ends;
    private final AuditLog audit;

    OwnSessions(SessionEnds ends, AuditLog audit) {
        this.ends = ends;
        this.audit = audit;
    }

    /** All of them, in the order in which they are shown. */
    Flux<OwnSession> of(BrowserSession current) {
        Identity who = current.identity();
        return ends.ofUser(who.issuer(), who.subject())
                .map(session -> new OwnSession(session, session.handle().equals(current.handle())))
                .sort(OwnSession.ORDER);
    }

    /**
     * Ends one that is not the current one.
     *
     * @return 1. Fails with {@link ProblemType#SESSION_UNKNOWN} if it is not theirs or has ended, and with
     *     {@link ProblemType#INVALID_REQUEST} if it is the current one: to end that is to sign out
     */
    Mono<Long> end(BrowserSession current, String handle) {
        if (handle.equals(current.handle())) {
            return Mono.error(() -> GatewayException.of(ProblemType.INVALID_REQUEST, "the current session"));
        }
        return end(current, of(current).filter(own -> own.session().handle().equals(handle)))
                .filter(ended -> ended > 0)
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_UNKNOWN)));
    }

    /** Ends all but the current one. */
    Mono<Long> endOthers(BrowserSession current) {
        return end(current, of(current).filter(own -> !own.isCurrent()));
    }

    private Mono<Long> end(BrowserSession current, Flux<OwnSession> doomed) {
        return doomed.map(OwnSession::session)
                .map(ListedSession::handle)
                .flatMap(handle -> ends.end(handle).filter(Boolean::booleanValue), AT_ONCE)
                .doOnNext(ended -> record(current.identity()))
                .count();
    }

    /** The grant stays: only the id of a session opens its tokens. */
    private void record(Identity who) {
        audit.record(new SecurityEvent.SessionEnded(who.subject(), null, "ended-by-user", false));
    }
}
