package io.gatehouse.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.Tracking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * The sessions this replica has seen lately, decoded. While Redis tells of every change, one of them is as good as the
 * record itself. Otherwise Redis is asked each time, and only if it does not answer is a session used as it was last
 * known to be, for a bounded time.
 */
final class NearCache implements Tracking.Listener {

    private static final Mono<SessionRecord> TOO_SLOW =
            Mono.error(() -> GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE, "slow"));

    private final RedisSessionStore store;
    private final Tracking tracking;
    private final SessionProperties properties;
    private final Duration patience;
    private final Clock clock;
    private final Cache<String, Entry> entries;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();

    /** @param patience how long a request waits for Redis if there is a session to go on with */
    NearCache(
            RedisSessionStore store, Tracking tracking, SessionProperties properties, Duration patience, Clock clock) {
        this.store = store;
        this.tracking = tracking;
        this.properties = properties;
        this.patience = patience;
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(properties.cache().size().toBytes())
                .weigher((String key, Entry entry) -> entry.session().weight())
                .build();
        tracking.tell(this);
        store.tell(this::changed);
    }

    /** The session of this id, with the failures of {@link RedisSessionStore#find}. */
    Mono<SessionRecord> find(SessionId id) {
        String key = store.key(id);
        Entry entry = entries.getIfPresent(key);
        if (entry == null) {
            return load(key, id);
        }
        return isCurrent(entry)
                ? Mono.just(entry.session()).filter(this::isAlive)
                : load(key, id)
                        .timeout(patience, TOO_SLOW)
                        .onErrorResume(
                                GatewayException.is(ProblemType.SESSION_STORE_UNAVAILABLE),
                                failure -> stale(key, failure));
    }

    /** A session that this replica has just noted as seen, so that it does not note that again at every request. */
    void seen(SessionId id, SessionRecord seen) {
        entries.asMap().computeIfPresent(store.key(id), (key, entry) -> entry.seen(seen));
    }

    @Override
    public void changed(String key) {
        Load load = loads.remove(key);
        if (load != null) {
            load.overtaken = true;
        }
        entries.invalidate(key);
    }

    @Override
    public void everythingChanged() {
        loads.values().forEach(load -> load.overtaken = true);
        loads.clear();
        entries.invalidateAll();
    }

    /** Those who want the same session at the same time share one reading of it, unless it changes meanwhile. */
    private Mono<SessionRecord> load(String key, SessionId id) {
        return Mono.defer(() -> loads.computeIfAbsent(key, absent -> new Load(key, id)).session);
    }

    private boolean isCurrent(Entry entry) {
        return tracking.isComplete()
                && clock.instant()
                        .isBefore(entry.readAt().plus(properties.cache().maxAge()));
    }

    private boolean isAlive(SessionRecord session) {
        return !properties.isOutlived(session.meta(), clock);
    }

    private Mono<SessionRecord> stale(String key, Throwable failure) {
        return Mono.justOrEmpty(entries.getIfPresent(key))
                .filter(this::isUsableStill)
                .map(Entry::session)
                .switchIfEmpty(Mono.error(failure))
                .filter(this::isAlive);
    }

    private boolean isUsableStill(Entry entry) {
        Instant tracked = tracking.completeUntil();
        Instant right = tracked.isAfter(entry.readAt()) ? tracked : entry.readAt();
        return clock.instant().isBefore(right.plus(properties.cache().maxStale()));
    }

    /** A session as it was when it was read. */
    private record Entry(SessionRecord session, Instant readAt) {

        Entry seen(SessionRecord newer) {
            return newer.revision() == session.revision() ? new Entry(newer, readAt) : this;
        }
    }

    /** A reading on its way. If the session changes before it is here, it is of use to those who wait and no longer. */
    private final class Load {

        private final Mono<SessionRecord> session;
        private volatile boolean overtaken;

        Load(String key, SessionId id) {
            Mono<SessionRecord> reading = Mono.defer(() -> read(key, id));
            this.session = reading.doOnTerminate(() -> loads.remove(key, this)).cache();
        }

        private Mono<SessionRecord> read(String key, SessionId id) {
            Instant begun = clock.instant();
            return store.find(id)
                    .doOnNext(found -> keep(key, new Entry(found, begun)))
                    .switchIfEmpty(Mono.fromRunnable(() -> entries.invalidate(key)));
        }

        private void keep(String key, Entry entry) {
            entries.asMap().compute(key, (same, older) -> overtaken ? null : entry);
        }
    }
}
