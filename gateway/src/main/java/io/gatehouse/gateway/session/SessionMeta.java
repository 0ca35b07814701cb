package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a list of sessions needs to show: nothing about the person.
 *
 * @param createdAt when the person signed in; the absolute lifetime counts from here
 * @param lastSeenAt a recent request, give or take the touch interval; the idle timeout counts from here
 * @param browser the family, such as Firefox
 * @param others what a later release has written, kept as it is
 */
public record SessionMeta(
        @JsonProperty("created") Instant createdAt,
        @JsonProperty("seen") Instant lastSeenAt,
        @JsonProperty("browser") String browser,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    public SessionMeta {
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(lastSeenAt);
        Objects.requireNonNull(browser);
        others = keepable(others);
    }

    static SessionMeta begun(Instant now, String browser) {
        return new SessionMeta(now, now, browser, Map.of());
    }

    SessionMeta seenAt(Instant now) {
        return new SessionMeta(createdAt, now, browser, others);
    }

    /** Jackson hands over null where there was nothing unknown. */
    static Map<String, Object> keepable(@Nullable Map<String, Object> others) {
        return others == null ? Map.of() : others;
    }
}
