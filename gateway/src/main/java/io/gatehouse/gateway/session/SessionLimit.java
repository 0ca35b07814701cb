package io.gatehouse.gateway.session;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many sessions a person may have at the same time. */
final class SessionLimit {

    /** What audit events say of a session that had to go. */
    private static final String REASON = "session-limit";

    private final SessionEnds ends;
    private final SessionProperties properties;
    private final AuditLog audit;

    SessionLimit(SessionEnds ends, SessionProperties properties, AuditLog audit) {
        this.ends = ends;
        this.properties = properties;
        this.audit = audit;
    }

    /**
     * Ends what is too much, now that a session has begun: the oldest others, or the new one, and then this fails with
     * {@link ProblemType#TOO_MANY_SESSIONS}. Of two that begin at the same moment both may be refused.
     */
    Mono<BrowserSession> keep(BrowserSession begun) {
        if (properties.maxPerUser() == 0) {
            return Mono.just(begun);
        }
        Identity who = begun.identity();
        return ends.ofUser(who.issuer(), who.subject())
                .collectSortedList(
                        Comparator.comparing(session -> session.meta().createdAt()))
                .flatMap(all -> endSurplus(all, begun))
                .thenReturn(begun);
    }

    private Mono<Void> endSurplus(List<ListedSession> all, BrowserSession begun) {
        int surplus = all.size() - properties.maxPerUser();
        if (surplus <= 0) {
            return Mono.empty();
        }
        String own = begun.id().lookup();
        return properties.atMaximum() == SessionProperties.AtMaximum.REFUSE_NEW
                ? ends.end(own).then(Mono.error(() -> GatewayException.of(ProblemType.TOO_MANY_SESSIONS)))
                : Flux.fromIterable(all)
                        .map(ListedSession::handle)
                        .filter(handle -> !handle.equals(own))
                        .take(surplus)
                        .concatMap(ends::end)
                        .filter(Boolean::booleanValue)
                        .doOnNext(ended -> record(begun.identity()))
                        .then();
    }

    private void record(Identity who) {
        audit.record(new SecurityEvent.SessionEnded(who.subject(), null, REASON, false));
    }
}
