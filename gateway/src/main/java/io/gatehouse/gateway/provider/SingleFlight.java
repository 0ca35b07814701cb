package io.gatehouse.gateway.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Runs at most one attempt per key at a time in this process; those who ask meanwhile share its outcome.
 *
 * <p>An outcome is shared only with those who waited for it. Whoever asks next starts a new attempt, so neither a
 * failure nor an old value is ever replayed.
 *
 * @param <K> what must not be attempted twice at once
 * @param <V> the outcome
 */
public final class SingleFlight<K, V> {

    private final Map<K, Mono<V>> inFlight = new ConcurrentHashMap<>();

    /**
     * Joins the attempt in flight for {@code key}, or starts {@code attempt}, which must end by itself. A caller that
     * gives up leaves the attempt running for the others, and for whatever it was to store.
     */
    public Mono<V> join(K key, Mono<V> attempt) {
        // Removed on termination and not "finally": that is after delivery, and a caller that tries again at once would
        // be given the outcome it has just had.
        return Mono.defer(() -> inFlight.computeIfAbsent(
                key, k -> attempt.doOnTerminate(() -> inFlight.remove(k)).cache()));
    }
}
