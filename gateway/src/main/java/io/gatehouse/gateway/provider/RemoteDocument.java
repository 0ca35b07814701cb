package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A document of the IdP: fetched when first needed, kept for a time, and served past that time while the IdP is down.
 *
 * <p>A failure is never kept. While there is an older copy to serve, the next attempt waits for
 * {@link #RETRY_INTERVAL}; without one, everybody who asks tries again. Those who are not trusted wait on a
 * {@link Budget} of their own, so that nothing they do delays the others.
 *
 * @param <T> the document, immutable
 */
final class RemoteDocument<T> {

    /** Also how often anybody can make us fetch by naming keys that do not exist. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

    /** How long somebody waits for a newer copy who could go on with the older one. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    /** Longer than any source takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Mono<T> source;
    private final Duration maxAge;
    private final Clock clock;
    private final SingleFlight<Budget, T> fetches = new SingleFlight<>();
    private final Budget own = new Budget();
    private volatile @Nullable Copy<T> copy;

    /** @param source fetches the document and ends by itself, so it has a timeout; an empty one is a failure */
    RemoteDocument(Mono<T> source, Duration maxAge, Clock clock) {
        this.source = source.switchIfEmpty(Mono.error(
                        () -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "the IdP answered with nothing")))
                .doOnNext(this::keep);
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** The document. Fails as the source does, but only if it has never been fetched. */
    Mono<T> current() {
        return current(own);
    }

    /** The same, for those who have a budget of their own. */
    Mono<T> current(Budget budget) {
        return Mono.defer(() -> noOlderThan(maxAge, budget));
    }

    /**
     * The document, fetched again if it is older than this and those with this budget have not tried just now. Whoever
     * asks does not wait long for it while there is an older copy, which is served as well if there is no new one.
     */
    Mono<T> recent(Duration age, Budget budget) {
        return Mono.defer(() -> noOlderThan(age, budget, COURTESY));
    }

    /** The document, fetched again unless that was tried just now. Served as it is if it cannot be fetched. */
    Mono<T> refetched() {
        return Mono.defer(() -> noOlderThan(Duration.ZERO, own));
    }

    /**
     * The document, fetched again unless somebody with this budget has tried that just now. Fails as the source does,
     * or did just now: then nobody knows what the document says.
     */
    Mono<T> refetched(Budget budget) {
        return Mono.defer(
                () -> budget.allows(clock.instant()) ? fetch(budget) : budget.orFailure(() -> current(budget)));
    }

    private Mono<T> noOlderThan(Duration age, Budget budget) {
        return noOlderThan(age, budget, PATIENCE);
    }

    private Mono<T> noOlderThan(Duration age, Budget budget, Duration patience) {
        Copy<T> known = copy;
        if (known == null) {
            return fetch(budget);
        }
        Instant now = clock.instant();
        boolean recent = now.isBefore(known.fetchedAt().plus(age));
        if (recent || !budget.allows(now)) {
            return Mono.just(known.document());
        }
        return fetch(budget).timeout(patience).onErrorReturn(known.document());
    }

    private Mono<T> fetch(Budget budget) {
        return fetches.join(budget, Mono.defer(() -> attempt(budget)));
    }

    /** Who found the budget unspent may have been overtaken by somebody who has spent it by now. */
    private Mono<T> attempt(Budget budget) {
        Copy<T> known = copy;
        if (known != null && !budget.allows(clock.instant())) {
            return budget.orFailure(() -> Mono.just(known.document()));
        }
        return source.doOnSuccess(fetched -> budget.spend(clock.instant(), null))
                .doOnError(failure -> budget.spend(clock.instant(), failure));
    }

    private void keep(T document) {
        copy = new Copy<>(document, clock.instant());
    }

    private record Copy<T>(T document, Instant fetchedAt) {}

    /** How often some of those who ask can have the document fetched: once in {@link #RETRY_INTERVAL}. */
    static final class Budget {

        private volatile Instant spentAt = Instant.MIN;
        private volatile @Nullable Throwable failure;

        private boolean allows(Instant now) {
            return !now.minus(RETRY_INTERVAL).isBefore(spentAt);
        }

        private void spend(Instant now, @Nullable Throwable outcome) {
            failure = outcome;
            spentAt = now;
        }

        /** What the last attempt failed with, or else this. */
        private <T> Mono<T> orFailure(Supplier<Mono<T>> otherwise) {
            Throwable last = failure;
            return last == null ? otherwise.get() : Mono.error(last);
        }
    }
}
