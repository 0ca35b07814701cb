package io.gatehouse.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What has ended lately, so that it can be ended again if Redis forgets. */
final class RecentEnds {

    /** Longer than a failover takes. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private static final int MOST = 100_000;

    private final Cache<String, Boolean> handles = memory();
    private final Cache<String, Instant> marks = memory();

    private static <V> Cache<String, V> memory() {
        return Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MEMORY).build();
    }

    /** Remembers that a session has ended. */
    void note(String handle) {
        handles.put(handle, true);
    }

    /** Remembers that the sessions of a name that began before a moment have ended. */
    void note(String name, Instant before) {
        marks.put(name, before);
    }

    boolean contains(String handle) {
        return handles.getIfPresent(handle) != null;
    }

    Set<String> handles() {
        return Set.copyOf(handles.asMap().keySet());
    }

    Map<String, Instant> marks() {
        return Map.copyOf(marks.asMap());
    }
}
