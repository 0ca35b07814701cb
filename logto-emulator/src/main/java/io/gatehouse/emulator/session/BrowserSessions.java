package io.gatehouse.emulator.session;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All browser sessions. An expired one stays on record: tokens bound to it die with its end, not its expiry.
 * Thread-safe.
 */
public final class BrowserSessions {

    private final Map<String, BrowserSession> byUid = new LinkedHashMap<>();
    private final Lifetimes lifetimes;
    private final Clock clock;

    public BrowserSessions(Lifetimes lifetimes, Clock clock) {
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    /** The live session behind a cookie. */
    public synchronized Optional<BrowserSession> findByCookie(String cookie) {
        return byUid.values().stream()
                .filter(it -> it.cookie().equals(cookie) && isLive(it))
                .findFirst();
    }

    /** The session on record, live or expired; empty once it was ended. */
    public synchronized Optional<BrowserSession> findByUid(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    public synchronized List<BrowserSession> liveOf(String userId) {
        return byUid.values().stream()
                .filter(it -> it.belongsTo(userId) && isLive(it))
                .toList();
    }

    /** Stores the session for another full lifetime, and returns it as stored. */
    public synchronized BrowserSession save(BrowserSession session) {
        var stored = session.until(clock.instant().plus(lifetimes.of(Lifetime.SESSION_LIFETIME)));
        byUid.put(stored.uid(), stored);
        return stored;
    }

    public synchronized void end(String uid) {
        byUid.remove(uid);
    }

    public synchronized void endAllOf(String userId) {
        byUid.values().removeIf(it -> it.belongsTo(userId));
    }

    private boolean isLive(BrowserSession session) {
        return clock.instant().isBefore(session.expiresAt());
    }
}
