package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes that browsers are still there, a second's worth at a time, so that no request waits for it. What cannot be
 * noted because Redis does not answer is kept, within bounds, until it does.
 */
final class Touches {

    static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MOST = 100_000;
    private static final int AT_ONCE = 256;

    private final RedisSessionStore store;
    private final Map<SessionId, SessionRecord> seen = new ConcurrentHashMap<>();

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
}
