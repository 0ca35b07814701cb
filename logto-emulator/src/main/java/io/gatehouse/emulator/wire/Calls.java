package io.gatehouse.emulator.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was called since the last reset: every call counted, the newest remembered. Thread-safe. */
public final class Calls {

    private static final int REMEMBERED = 1000;

    private final Deque<Call> newest = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    synchronized void record(Call call) {
        newest.addLast(call);
        if (newest.size() > REMEMBERED) {
            newest.removeFirst();
        }
        counts.merge(call.endpoint(), 1, Integer::sum);
        if (!call.grantType().isEmpty()) {
            counts.merge(call.endpoint() + ":" + call.grantType(), 1, Integer::sum);
        }
    }

    public synchronized void clear() {
        newest.clear();
        counts.clear();
    }

    /** Oldest first. */
    public synchronized List<Call> newest() {
        return List.copyOf(newest);
    }

    /** How often each endpoint was called, the token endpoint also per grant type as {@code token:refresh_token}. */
    public synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
