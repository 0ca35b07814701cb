package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A document of the IdP: fetched when first needed, kept for a time, and served past that time while the IdP is down.
 *
 * <p>A failure is never kept. While there is an older copy to serve, the next attempt waits for
 * {@link #RETRY_INTERVAL}; without one, everybody who asks tries again.
 *
 * @param <T> the document, immutable
 */
final class RemoteDocument<T> {

    /** Also how often strangers can make us fetch, by naming keys that do not exist. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

    private final Mono<T> source;
    private final Duration maxAge;
    private final Clock clock;
    private final SingleFlight<String, T> fetches = new SingleFlight<>();
    private volatile @Nullable Copy<T> copy;

    /** @param source fetches the document and ends by itself, so it has a timeout; an empty one is a failure */
    RemoteDocument(Mono<T> source, Duration maxAge, Clock clock) {
        this.source = source.switchIfEmpty(Mono.error(
                        () -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "the IdP answered with nothing")))
                .doOnNext(this::keep)
                .doOnError(failure -> noteAttempt());
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** The document. Fails as the source does, but only if it has never been fetched. */
    Mono<T> current() {
        return Mono.defer(() -> noOlderThan(maxAge));
    }

    /** The document, fetched again unless that was tried just now. */
    Mono<T> refetched() {
        return Mono.defer(() -> noOlderThan(Duration.ZERO));
    }

    private Mono<T> noOlderThan(Duration age) {
        Copy<T> known = copy;
        if (known == null) {
            return fetches.join("document", source);
        }
        Instant now = clock.instant();
        boolean recent = now.isBefore(known.fetchedAt().plus(age));
        boolean triedJustNow = now.isBefore(known.triedAt().plus(RETRY_INTERVAL));
        if (recent || triedJustNow) {
            return Mono.just(known.document());
        }
        return fetches.join("document", source).onErrorReturn(known.document());
    }

    private void keep(T document) {
        Instant now = clock.instant();
        copy = new Copy<>(document, now, now);
    }

    private void noteAttempt() {
        Copy<T> known = copy;
        if (known != null) {
            copy = new Copy<>(known.document(), known.fetchedAt(), clock.instant());
        }
    }

    private record Copy<T>(T document, Instant fetchedAt, Instant triedAt) {}
}
