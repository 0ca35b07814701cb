package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One token of the gateway itself, kept in this process. It is replaced before it expires, by one request at a time,
 * and goes on to be used while the IdP does not answer. After a failure nobody asks for a while.
 */
final class OwnToken {

    static final Duration COOLDOWN = ProblemType.RETRY_AFTER;

    /** How long the request that asks for a new token waits for it while there is a valid one. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OwnToken.class);

    private final Mono<AccessToken> source;
    private final Freshness freshness;
    private final Clock clock;
    private final SingleFlight<OwnToken, AccessToken> attempts = new SingleFlight<>();
    private volatile @Nullable AccessToken held;
    private volatile @Nullable Throwable failure;
    private volatile Instant askedAt = Instant.MIN;

    /** @param source asks the IdP, and ends by itself */
    OwnToken(Mono<AccessToken> source, Freshness freshness, Clock clock) {
        this.source = source;
        this.freshness = freshness;
        this.clock = clock;
    }

    /** A token that is valid now. Never empty; fails as the source does, or did just now. */
    Mono<AccessToken> current() {
        return Mono.defer(() -> valid().map(this::orNewer).orElseGet(this::asked));
    }

    private Optional<AccessToken> valid() {
        return Optional.ofNullable(held).filter(token -> !freshness.isExpired(token));
    }

    /** Only whoever finds it due waits for a newer one, and not the others who come meanwhile. */
    private Mono<AccessToken> orNewer(AccessToken valid) {
        return freshness.isDue(valid, Instant.MIN) && !isRecent(askedAt)
                ? asked().timeout(COURTESY).onErrorReturn(valid)
                : Mono.just(valid);
    }

    private Mono<AccessToken> asked() {
        Throwable last = failure;
        return last != null && isRecent(askedAt) ? Mono.error(last) : attempts.join(this, Mono.defer(this::attempt));
    }

    private Mono<AccessToken> attempt() {
        note(null);
        return source.doOnNext(token -> held = token).doOnError(this::note).doOnError(OwnToken::log);
    }

    private void note(@Nullable Throwable outcome) {
        askedAt = clock.instant();
        failure = outcome;
    }

    private boolean isRecent(Instant then) {
        return !clock.instant().minus(COOLDOWN).isAfter(then);
    }

    private static void log(Throwable failure) {
        LOG.atWarn().addKeyValue("detail", failure.getMessage()).log("no token for the gateway itself");
    }
}
