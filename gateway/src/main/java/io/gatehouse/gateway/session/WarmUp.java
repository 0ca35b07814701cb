package io.gatehouse.gateway.session;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.context.SmartLifecycle;

/**
 * Reads sessions before the first request does. Code takes long when it runs for the first time, on the very threads
 * that wait for Redis: a replica that has just started would find Redis too slow.
 */
final class WarmUp implements SmartLifecycle {

    private static final int TIMES = 50;

    private final RedisSessionStore store;
    private final NearCache cache;
    private final SecureRandom random;
    private boolean done;

    WarmUp(RedisSessionStore store, NearCache cache, SecureRandom random) {
        this.store = store;
        this.cache = cache;
        this.random = random;
    }

    @Override
    public void start() {
        Identity nobody = new Identity("issuer", "nobody", "sid", Map.of("name", "Nobody"));
        SessionTokens tokens = new SessionTokens(null, null, Map.of(), Set.of());
        SessionRecord session = SessionRecord.begun(Instant.EPOCH, "none", nobody, tokens);
        for (int time = 0; time < TIMES; time++) {
            store.rehearse(SessionId.random(random), session);
        }
        cache.find(SessionId.random(random)).onErrorComplete().subscribe();
        done = true;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    /** When Redis is being connected, and before the ports are opened. */
    @Override
    public int getPhase() {
        return -1;
    }
}
