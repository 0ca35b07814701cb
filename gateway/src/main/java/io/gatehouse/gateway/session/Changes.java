package io.gatehouse.gateway.session;

import io.gatehouse.gateway.redis.Tracking;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Wakes those who wait for a session to change, whichever replica changes it. */
public final class Changes implements Tracking.Listener {

    private final RedisSessionStore store;
    private final Map<String, Sinks.Empty<Void>> awaited = new ConcurrentHashMap<>();

    Changes(RedisSessionStore store) {
        this.store = store;
    }

    /** Listens from now on. One at a time for each session: a second one takes the place of the first. */
    public Watch watch(BrowserSession session) {
        String key = store.key(session.id());
        Sinks.Empty<Void> change = Sinks.empty();
        awaited.put(key, change);
        return new Watch(key, change);
    }

    @Override
    public void changed(String key) {
        Sinks.Empty<Void> change = awaited.remove(key);
        if (change != null) {
            change.tryEmitEmpty();
        }
    }

    @Override
    public void everythingChanged() {
        awaited.keySet().forEach(this::changed);
    }

    /** Somebody who listens. */
    public final class Watch implements AutoCloseable {

        private final String key;
        private final Sinks.Empty<Void> change;

        private Watch(String key, Sinks.Empty<Void> change) {
            this.key = key;
            this.change = change;
        }

        /** Completes when the session has changed since this was made, or after a while. Never fails. */
        public Mono<Void> heard(Duration longest) {
            return change.asMono().timeout(longest, Mono.empty());
        }

        @Override
        public void close() {
            awaited.remove(key, change);
        }
    }
}
