package io.gatehouse.bookstore.received;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** The latest requests, oldest first. Safe for use by many threads; no method waits for long. */
@Component
final class ReceivedRequests {

    static final int ROOM = 1_000;

    private final Deque<ReceivedRequest> requests = new ArrayDeque<>(ROOM);

    /** Notes the request; the oldest gives way. */
    synchronized void add(ReceivedRequest request) {
        if (requests.size() == ROOM) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<ReceivedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
