package io.gatehouse.gateway.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a browser session lives, and the keys that seal it.
 *
 * @param keys the key ring, {@code kid:base64url-of-32-bytes[,kid:...]}: the first writes, all read. Required, the same
 *     on every replica
 * @param idleTimeout time without a request after which the session ends; shorter than the lifetime
 * @param maxPerUser how many sessions a person may have at the same time; 0 for any number
 * @param atMaximum what happens to the one who signs in when there are that many
 * @param cache sessions kept in memory
 * @param lifetime time after sign-in at which the session ends however active the person is
 */
public record SessionProperties(
        @NotNull(
                message = "is required: make one with (echo -n 'k1:'; openssl rand -base64 32 | tr '+/' '-_' | tr -d"
                        + " '=')")
        KeyRing keys,

        @NotNull @DefaultValue("30m") Duration idleTimeout,
        @NotNull @DefaultValue("10h") Duration lifetime,
        @DefaultValue("0") @Min(0) int maxPerUser,
        @DefaultValue("end-oldest") AtMaximum atMaximum,
        @Valid @DefaultValue @NestedConfigurationProperty CacheProperties cache) {

    /** What happens when somebody signs in who has as many sessions as one may have. */
    public enum AtMaximum {
        /** The one that began first ends. */
        END_OLDEST,
        /** There is no new one. */
        REFUSE_NEW
    }

    private static final Duration LONGEST_TOUCH_INTERVAL = Duration.ofSeconds(60);
    private static final int TOUCHES_PER_IDLE_TIMEOUT = 10;

    @AssertTrue(message = "idle-timeout must be positive and shorter than lifetime")
    boolean isIdleTimeoutWithinLifetime() {
        return idleTimeout.isPositive() && idleTimeout.compareTo(lifetime) < 0;
    }

    /** When the session ends if nothing more is heard of the browser. */
    Instant endOf(SessionMeta meta) {
        Instant idle = meta.lastSeenAt().plus(idleTimeout);
        Instant absolute = meta.createdAt().plus(lifetime);
        return idle.isBefore(absolute) ? idle : absolute;
    }

    /** Whether so much of the idle timeout has passed that another replica might take the session for ended. */
    boolean isTouchUrgent(SessionMeta meta, Clock clock) {
        return clock.instant().isAfter(meta.lastSeenAt().plus(idleTimeout.dividedBy(2)));
    }

    boolean isOutlived(SessionMeta meta, Clock clock) {
        return !clock.instant().isBefore(endOf(meta));
    }

    /** Whether it is time to note that the browser is still there: now and then, not at every request. */
    boolean isTouchDue(SessionMeta meta, Clock clock) {
        Duration tenth = idleTimeout.dividedBy(TOUCHES_PER_IDLE_TIMEOUT);
        Duration interval = tenth.compareTo(LONGEST_TOUCH_INTERVAL) < 0 ? tenth : LONGEST_TOUCH_INTERVAL;
        return !clock.instant().isBefore(meta.lastSeenAt().plus(interval));
    }

    /** Without key material. */
    @Override
    public String toString() {
        return "keys=" + keys + ", idle-timeout=" + idleTimeout + ", lifetime=" + lifetime + ", max-per-user="
                + maxPerUser + ", at-maximum=" + atMaximum + ", cache=" + cache;
    }
}
