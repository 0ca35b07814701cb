package io.gatehouse.gateway.device;

import io.gatehouse.gateway.session.ListedSession;
import java.util.Comparator;
import java.util.Map;

/**
 * A session of the person who asks.
 *
 * @param isCurrent whether they ask from it
 */
record OwnSession(ListedSession session, boolean isCurrent) {

    /** The current one first, then those that were used last. */
    static final Comparator<OwnSession> ORDER = Comparator.comparing(OwnSession::isCurrent)
            .thenComparing(own -> own.session().meta().lastSeenAt())
            .reversed();

    Map<String, Object> json() {
        Map<String, Object> members = session.json();
        members.put("current", isCurrent);
        return members;
    }
}
