package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
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
    private final Map<K, Integer> waiting = new ConcurrentHashMap<>();
    private final int most;

    /** @param most how many pieces of work there may be with one key, with the one that runs */
    Turns(int most) {
        this.most = most;
    }

    /**
     * Runs the work when everything that came before it for this key has ended, well or not. It must end by itself, and
     * whoever waits for it must not cancel it: that would pass its turn on too early. Fails with
     * {@link ProblemType#PROVIDER_UNAVAILABLE} if too much is before it.
     */
    <T> Mono<T> take(K key, Mono<T> work) {
        return Mono.defer(() -> admitted(key, work));
    }

    private <T> Mono<T> admitted(K key, Mono<T> work) {
        boolean isTooMuch = waiting.merge(key, 1, Integer::sum) > most;
        Mono<T> admitted = isTooMuch ? Mono.error(Turns::tooMuch) : queue(key, work);
        return admitted.doFinally(
                signal -> waiting.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1));
    }

    private static GatewayException tooMuch() {
        return GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "too many refreshes of one session");
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
