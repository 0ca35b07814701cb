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
import java.util.Optional;
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

    /**
     * How long a failure counts. Those who have something valid go on with it, and those who were refused something are
     * refused it again, without asking the IdP.
     */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long one counts for those who can do nothing else but ask again: an IdP in trouble is not asked by each. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final int MOST = 100_000;

    /** So many tokens of one session may be waited for; somebody who names ever new organizations waits no longer. */
    private static final int MOST_IN_TURN = 32;

    private final Refreshes refreshes;
    private final Freshness freshness;
    private final Duration patience;
    private final Clock clock;
    private final Cache<Attempt, Failure> failures =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(PAUSE).build();
    private final SingleFlight<Attempt, BrowserSession> attempts = new SingleFlight<>();
    private final Turns<SessionId> turns = new Turns<>(MOST_IN_TURN);

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
        Optional<GatewayException> last = lastFailure(attempt, isUsable);
        if (last.isPresent()) {
            return isUsable && isNoAnswer(last.get()) ? Mono.just(session) : Mono.error(last.get());
        }
        return attempt(session, wanted)
                .timeout(isUsable ? COURTESY : patience)
                .onErrorMap(TimeoutException.class, late -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, late))
                .doOnError(GatewayException.class, failure -> note(attempt, failure))
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

    private void note(Attempt attempt, GatewayException failure) {
        failures.put(attempt, new Failure(failure, clock.instant()));
    }

    /** Empty if there was none, or a while ago. */
    private Optional<GatewayException> lastFailure(Attempt attempt, boolean isUsable) {
        return Optional.ofNullable(failures.getIfPresent(attempt))
                .filter(failure -> clock.instant().isBefore(failure.at().plus(pause(failure.problem(), isUsable))))
                .map(Failure::problem);
    }

    private static Duration pause(GatewayException failure, boolean isUsable) {
        return isUsable || !isNoAnswer(failure) ? PAUSE : BREATH;
    }

    /** An IdP that does not answer takes nothing away from what it has issued. */
    private static boolean isNoAnswer(Throwable failure) {
        return failure instanceof GatewayException named
                && named.type().status().is5xxServerError();
    }

    private record Attempt(SessionId session, Wanted wanted) {}

    private record Failure(GatewayException problem, Instant at) {}
}
