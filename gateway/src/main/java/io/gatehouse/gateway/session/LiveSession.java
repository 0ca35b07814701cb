package io.gatehouse.gateway.session;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A session for which this replica has something going on, and what is known of it. Who joins and leaves, and its key,
 * are guarded by the lock of the map that holds it.
 */
final class LiveSession {

    private final BrowserSession opened;
    private final Sinks.Empty<Void> end = Sinks.empty();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile int changesSeen = -1;
    private volatile Instant confirmedAt = Instant.MIN;
    private volatile SessionMeta meta;
    private int joined;
    private @Nullable String key;

    LiveSession(BrowserSession session) {
        this.opened = session;
        this.meta = session.record().meta();
    }

    SessionId id() {
        return opened.id();
    }

    /** As it was for the first who joined. */
    BrowserSession opened() {
        return opened;
    }

    /** The newest that is known. */
    SessionMeta meta() {
        return meta;
    }

    /** Empty until somebody needs it: deriving it costs more than everything else here. */
    @Nullable
    String key() {
        return key;
    }

    void know(String derived) {
        key = derived;
    }

    LiveSession join(SessionMeta joining) {
        learn(joining);
        joined++;
        return this;
    }

    /** True for the last one. */
    boolean leave() {
        joined--;
        return joined == 0;
    }

    /** May have changed, or ended, from now on. */
    void change() {
        changes.incrementAndGet();
    }

    int changes() {
        return changes.get();
    }

    /** Whether it has changed since somebody looked, or nobody has looked since then. */
    boolean isUnsure(Instant since) {
        return changesSeen != changes.get() || confirmedAt.isBefore(since);
    }

    /**
     * Notes that it is alive.
     *
     * @param before how many {@link #changes} there were before it was looked at
     */
    LiveSession confirm(SessionMeta found, int before, Instant now) {
        learn(found);
        changesSeen = before;
        confirmedAt = now;
        return this;
    }

    void end() {
        end.tryEmitEmpty();
    }

    /** Completes with {@link #end}. */
    Mono<Void> ended() {
        return end.asMono();
    }

    private void learn(SessionMeta newer) {
        if (newer.lastSeenAt().isAfter(meta.lastSeenAt())) {
            meta = newer;
        }
    }
}
