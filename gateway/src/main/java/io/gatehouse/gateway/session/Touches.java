package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes that browsers are still there, a second's worth at a time, so that no request waits for it. What cannot be
 * noted because Redis does not answer is kept, within bounds, until it does.
 */
final class Touches implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);
    private static final int MOST = 100_000;
    private static final int AT_ONCE = 256;

    private final RedisSessionStore store;
    private final Map<SessionId, SessionRecord> seen = new ConcurrentHashMap<>();
    private @Nullable Disposable upkeep;

    Touches(RedisSessionStore store) {
        this.store = store;
    }

    /** Notes it soon. Beyond the bound it is forgotten: then the session counts as seen the time before. */
    void note(SessionId id, SessionRecord session) {
        if (seen.size() < MOST) {
            seen.put(id, session);
        }
    }

    /** Writes what has been noted. Ends early, and without failure, if Redis does not answer. */
    Mono<Void> flush() {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(seen.entrySet())))
                .flatMap(this::write, AT_ONCE)
                .onErrorComplete(GatewayException.class)
                .then();
    }

    private Mono<Boolean> write(Map.Entry<SessionId, SessionRecord> noted) {
        return store.touch(noted.getKey(), noted.getValue())
                .doOnNext(written -> seen.remove(noted.getKey(), noted.getValue()));
    }

    @Override
    public void start() {
        upkeep = Flux.interval(PERIOD)
                .onBackpressureDrop()
                .concatMap(tick -> flush(), 1)
                .subscribe();
    }

    @Override
    public void stop(Runnable stopped) {
        stop();
        flush().timeout(LAST_CHANCE)
                .onErrorComplete()
                .doFinally(end -> stopped.run())
                .subscribe();
    }

    @Override
    public void stop() {
        if (upkeep != null) {
            upkeep.dispose();
            upkeep = null;
        }
    }

    @Override
    public boolean isRunning() {
        return upkeep != null;
    }

    /** Stopped after the ports are closed and before Redis is. */
    @Override
    public int getPhase() {
        return -1;
    }
}
