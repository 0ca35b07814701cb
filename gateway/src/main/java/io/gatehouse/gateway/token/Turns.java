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
        return Mono.defer(() -> queue(key, work));
    }

    private <T> Mono<T> queue(K key, Mono<T> work) {
        Sinks.Empty<Void> turn = Sinks.empty();
        Mono<Void> mine = turn.asMono();
        @Nullable Mono<Void> before = last.put(key, mine);
        Mono<T> inTurn = before == null ? work : before.then(work);
        return inTurn.doFinally(signal -> passOn(key, mine, turn));
    }

    private void passOn(K key, Mono<Void> mine, Sinks.Empty<Void> turn) {
        last.remove(key, mine);
        turn.tryEmitEmpty();
    }
}
