package io.gatehouse.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/**
 * What a session has from the IdP, fit for use: as it is while it is fresh, by refresh when it is due.
 *
 * <p>In this process one refresh at a time for each session, because all of them use its one refresh token; whoever
 * wants the same thing meanwhile shares it. {@link Refreshes} sees to the other replicas.
 */
public final class AccessTokens {

    /** How long a request waits for something newer while it has something valid. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    /** How long those who have something valid go on with it after a refresh has failed, or takes long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int MOST = 100_000;

    private final Refreshes refreshes;
    private final Freshness freshness;
    private final Duration patience;
    private final Clock clock;
    private final Cache<Attempt, Instant> failures =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final SingleFlight<Attempt, BrowserSession> attempts = new SingleFlight<>();
    private final Turns<SessionId> turns = new Turns<>();

    AccessTokens(Refreshes refreshes, Freshness freshness, TokenProperties properties, Clock clock) {
        this.refreshes = refreshes;
        this.freshness = freshness;
        this.patience = properties.patience();
        this.clock = clock;
    }

    /**
     * The session with what is wanted in it, good for use now. Never empty. Fails with
     * {@link ProblemType#SIGN_IN_REQUIRED} if the sign-in did not ask for the resource,
     * {@link ProblemType#SESSION_ENDED} if the IdP has ended the grant, {@link ProblemType#NOT_A_MEMBER} or
     * {@link ProblemType#TOKEN_REFUSED} if it issues nothing for the organization or the resource, and
     * {@link ProblemType#PROVIDER_UNAVAILABLE} if it does not answer and nothing valid is left.
     */
    public Mono<BrowserSession> usable(BrowserSession session, Wanted wanted) {
        return wanted.isFresh(session, freshness) ? Mono.just(session) : refreshed(session, wanted);
    }

    private Mono<BrowserSession> refreshed(BrowserSession session, Wanted wanted) {
        if (!wanted.isGranted(session)) {
            return Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED, "not asked for at sign-in"));
        }
        boolean isUsable = wanted.isUsable(session, freshness);
        Attempt attempt = new Attempt(session.id(), wanted);
        if (isUsable && hasFailedLately(attempt)) {
            return Mono.just(session);
        }
        return attempt(session, wanted)
                .timeout(isUsable ? COURTESY : patience)
                .onErrorMap(TimeoutException.class, late -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, late))
                .doOnError(failure -> failures.put(attempt, clock.instant()))
                .onErrorResume(failure -> isUsable && isNoAnswer(failure), failure -> Mono.just(session));
    }

    /**
     * The session with what is wanted, without a limit to the wait but that of the call to the IdP. Fails as
     * {@link #usable} does.
     */
    Mono<BrowserSession> attempt(BrowserSession session, Wanted wanted) {
        Mono<BrowserSession> attempt = turns.take(session.id(), refreshes.obtain(session, wanted));
        return attempts.join(new Attempt(session.id(), wanted), attempt);
    }

    private boolean hasFailedLately(Attempt attempt) {
        Instant failed = failures.getIfPresent(attempt);
        return failed != null && clock.instant().isBefore(failed.plus(PAUSE));
    }

    /** An IdP that does not answer takes nothing away from what it has issued. */
    private static boolean isNoAnswer(Throwable failure) {
        return failure instanceof GatewayException named
                && named.type().status().is5xxServerError();
    }

    private record Attempt(SessionId session, Wanted wanted) {}
}
