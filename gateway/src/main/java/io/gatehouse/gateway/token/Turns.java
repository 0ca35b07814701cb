package io.gatehouse.gateway.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets pieces of work with the same key run one after the other, in the order in which they were subscribed to.
 *
 * @param <K> what two pieces of work must not touch at once
 */
final class Turns<K> {

    private final Map<K, Mono<Void>> last = new ConcurrentHashMap<>();

    /**
     * Runs the work when everything that came before it for this key has ended, well or not. It must end by itself, and
     * whoever waits for it must not cancel it: that would pass its turn on too early.
     */
    <T> Mono<T> take(K key, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> turn = Sinks.empty();
            Mono<Void> mine = turn.asMono();
            @Nullable Mono<Void> before = last.put(key, mine);
            return (before == null ? work : before.then(work)).doFinally(signal -> {
                last.remove(key, mine);
                turn.tryEmitEmpty();
            });
        });
    }
}
