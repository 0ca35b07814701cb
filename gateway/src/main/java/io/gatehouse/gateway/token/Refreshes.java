package io.gatehouse.gateway.token;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Changes;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.RefreshLeases.Lease;
import io.gatehouse.gateway.token.RefreshLeases.Ruling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Refreshes a session once, whichever and however many replicas want it: under a lease, or by waiting for whoever has
 * the lease. What the IdP issues is stored in the session before anybody uses it.
 */
final class Refreshes {

    /** A Redis that is away takes nothing from what the IdP has issued. */
    private static final Retry UNTIL_STORED = Retry.backoff(1200, Duration.ofMillis(50))
            .maxBackoff(Duration.ofMillis(250))
            .filter(GatewayException.is(ProblemType.SESSION_STORE_UNAVAILABLE))
            .onRetryExhaustedThrow((retry, signal) -> signal.failure());

    private final Sessions sessions;
    private final Changes changes;
    private final RefreshLeases leases;
    private final TokenEndpoint endpoint;
    private final Renewals renewals;
    private final Freshness freshness;
    private final AuditLog audit;
    private final Clock clock;
    private final SentRefreshes sent;

    Refreshes(
            Sessions sessions,
            Changes changes,
            RefreshLeases leases,
            TokenEndpoint endpoint,
            Renewals renewals,
            SentRefreshes sent,
            Freshness freshness,
            AuditLog audit,
            Clock clock) {
        this.sessions = sessions;
        this.changes = changes;
        this.leases = leases;
        this.endpoint = endpoint;
        this.renewals = renewals;
        this.sent = sent;
        this.freshness = freshness;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The session with what is wanted. One at a time for each session in this process. Fails as
     * {@link AccessTokens#usable} does.
     */
    Mono<BrowserSession> obtain(BrowserSession session, Wanted wanted) {
        return Mono.justOrEmpty(session.tokens().refreshToken())
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.TOKEN_REFUSED, "no refresh token")))
                .map(refreshToken -> leases.of(session, refreshToken))
                .flatMap(lease -> obtain(session, wanted, lease));
    }

    private Mono<BrowserSession> obtain(BrowserSession session, Wanted wanted, Lease lease) {
        boolean isUrgent = wanted.isRequired() && !wanted.isUsable(session, freshness);
        return lease.take(isUrgent).flatMap(ruling -> switch (ruling) {
            case Ruling.Go go -> underLease(session, wanted, lease);
            case Ruling.Wait wait -> afterSomebodyElse(session, wanted, wait.longest());
            case Ruling.Uncertain uncertain ->
                Mono.error(() -> unavailable("a refresh token was sent and nobody knows what has become of it"));
        });
    }

    /** Listens before it looks, so that it cannot miss the change in between. */
    private Mono<BrowserSession> afterSomebodyElse(BrowserSession session, Wanted wanted, Duration longest) {
        return Mono.using(
                () -> changes.watch(session),
                watch -> newest(session)
                        .filter(newest -> wanted.isFresh(newest, freshness))
                        .switchIfEmpty(watch.heard(longest).then(again(session, wanted))));
    }

    private Mono<BrowserSession> again(BrowserSession session, Wanted wanted) {
        return Mono.defer(() -> newest(session)).flatMap(newest -> freshOrObtained(newest, wanted));
    }

    private Mono<BrowserSession> freshOrObtained(BrowserSession newest, Wanted wanted) {
        return wanted.isFresh(newest, freshness) ? Mono.just(newest) : obtain(newest, wanted);
    }

    private Mono<BrowserSession> newest(BrowserSession session) {
        return sessions.newest(session).switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED)));
    }

    /** The session is read again first: another replica may have refreshed it just before. */
    private Mono<BrowserSession> underLease(BrowserSession session, Wanted wanted, Lease lease) {
        return newest(session)
                .onErrorResume(failure -> lease.leave().then(Mono.error(failure)))
                .flatMap(newest -> lease.isFor(newest) && !wanted.isFresh(newest, freshness)
                        ? sent.keep(ask(newest, wanted, lease))
                                .timeout(RefreshLeases.LONGEST_CALL, Mono.error(() -> unavailable("no answer yet")))
                        : lease.leave().then(freshOrObtained(newest, wanted)));
    }

    private Mono<BrowserSession> ask(BrowserSession session, Wanted wanted, Lease lease) {
        Instant now = clock.instant();
        String refreshToken = Objects.requireNonNull(session.tokens().refreshToken());
        Mono<BrowserSession> work = endpoint.refresh(refreshToken, wanted)
                .flatMap(first -> certain(first, refreshToken, wanted, lease))
                .flatMap(answer -> switch (answer) {
                    case RefreshAnswer.Issued issued -> store(session, refreshToken, issued, now, lease);
                    case RefreshAnswer.Failed failed -> fail(session, wanted, failed, lease);
                });
        return lease.during(work);
    }

    /**
     * Where an answer was lost, the token is sent once more while the IdP still accepts it. Where what is wanted was
     * refused, it is sent for something that is not: the IdP may have rotated it before it refused.
     */
    private Mono<RefreshAnswer> certain(RefreshAnswer first, String refreshToken, Wanted wanted, Lease lease) {
        if (!(first instanceof RefreshAnswer.Failed failed) || failed.isSettled()) {
            return Mono.just(first);
        }
        Wanted next = failed.isRefusal() ? Wanted.idToken() : wanted;
        return lease.again()
                .filter(Boolean::booleanValue)
                .flatMap(granted -> endpoint.refresh(refreshToken, next))
                .map(second -> second.after(failed))
                .onErrorReturn(GatewayException.class, first)
                .defaultIfEmpty(first);
    }

    private Mono<BrowserSession> store(
            BrowserSession session, String used, RefreshAnswer.Issued issued, Instant requestedAt, Lease lease) {
        return renewals.read(session, used, issued.wanted(), issued.response(), requestedAt)
                .flatMap(renewal -> store(session, renewal, lease))
                .doOnNext(stored -> audit.record(refreshed(stored.identity(), issued.wanted())))
                .flatMap(stored -> issued.refusal() == null ? Mono.just(stored) : Mono.error(issued.refusal()));
    }

    private Mono<BrowserSession> store(BrowserSession session, Renewal renewal, Lease lease) {
        return sessions.change(session, renewal::appliedTo)
                .retryWhen(UNTIL_STORED)
                .flatMap(stored -> lease.settle().thenReturn(stored))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED)))
                .flatMap(stored -> renewal.defect() == null ? Mono.just(stored) : Mono.error(renewal.defect()));
    }

    private Mono<BrowserSession> fail(BrowserSession session, Wanted wanted, RefreshAnswer.Failed failed, Lease lease) {
        Mono<Void> givenBack = failed.isSettled() ? lease.settle() : lease.abandon();
        return givenBack.then(
                failed.problem().type() == ProblemType.SESSION_ENDED
                        ? endOrTryAgain(session, wanted, failed.problem())
                        : Mono.error(failed.problem()));
    }

    /**
     * Ends the session if it is still as it was when its refresh token was refused. If somebody has changed it
     * meanwhile, the refusal says nothing about what it has now.
     */
    private Mono<BrowserSession> endOrTryAgain(BrowserSession session, Wanted wanted, GatewayException refusal) {
        return sessions.endUnchanged(session)
                .doOnNext(ended -> recordEnd(session.identity(), ended))
                .flatMap(ended -> ended ? Mono.error(refusal) : again(session, wanted));
    }

    private void recordEnd(Identity who, boolean ended) {
        if (ended) {
            audit.record(
                    new SecurityEvent.SessionEnded(who.subject(), who.sid(), ProblemType.SESSION_ENDED.slug(), false));
        }
    }

    private static SecurityEvent refreshed(Identity who, Wanted wanted) {
        return new SecurityEvent.TokenRefreshed(who.subject(), who.sid(), wanted.resource(), wanted.organization());
    }

    private static GatewayException unavailable(String detail) {
        return GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, detail);
    }
}
