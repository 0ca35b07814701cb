package io.gatehouse.gateway.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A session in a list.
 *
 * @param handle names it without giving access to it
 * @param meta what can be known of it without its id
 * @param endsAt when it ends if nothing more is heard of the browser
 */
public record ListedSession(String handle, SessionMeta meta, Instant endsAt) {

    /** The family of the browser; empty if it is none that this gateway knows by name. */
    public Optional<String> browser() {
        return Optional.of(meta.browser()).filter(Predicate.not(BrowserFamily.UNKNOWN::equals));
    }

    /** The session for programs: texts, the times as {@code 2026-01-31T12:00:00Z}. More can be added. */
    public Map<String, Object> json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("handle", handle);
        members.put("browser", meta.browser());
        members.put("createdAt", text(meta.createdAt()));
        members.put("lastSeenAt", text(meta.lastSeenAt()));
        members.put("endsAt", text(endsAt));
        return members;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
