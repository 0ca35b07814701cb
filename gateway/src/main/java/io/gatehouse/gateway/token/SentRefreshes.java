package io.gatehouse.gateway.token;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Refreshes that have been sent. They go on when nobody waits for them any more: with a late answer the IdP may have
 * rotated the refresh token. When this replica stops, it waits a moment for those that are out.
 */
final class SentRefreshes implements SmartLifecycle {

    private static final Duration LAST_CHANCE = Duration.ofSeconds(10);

    private final Set<Sinks.Empty<Void>> out = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    /** The same work, which runs to its end however many wait for it once the first one has asked for it. */
    <T> Mono<T> keep(Mono<T> work) {
        return Mono.defer(() -> kept(work));
    }

    private <T> Mono<T> kept(Mono<T> work) {
        Sinks.Empty<Void> end = Sinks.empty();
        out.add(end);
        return work.doFinally(signal -> end(end)).cache();
    }

    private void end(Sinks.Empty<Void> end) {
        out.remove(end);
        end.tryEmitEmpty();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        stop();
        Flux.fromIterable(List.copyOf(out))
                .concatMap(Sinks.Empty::asMono)
                .then()
                .timeout(LAST_CHANCE, Mono.empty())
                .doFinally(end -> stopped.run())
                .subscribe();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the ports are closed and before Redis is. */
    @Override
    public int getPhase() {
        return -1;
    }
}
