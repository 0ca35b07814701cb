package io.gatehouse.gateway.token;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When access tokens are refreshed, and how long anybody waits for it.
 *
 * @param refreshAhead how long before its expiry an access token is due, or up to half as much again, so that not all
 *     are due at once; never more than half of its lifetime
 * @param patience how long a request waits for the IdP; the call itself goes on, and its result is kept for the next
 *     request
 * @param reuseGrace how long the IdP accepts a refresh token again after it has rotated it; 0 if it never does. Logto:
 *     3 seconds
 * @param userinfoInterval how often the IdP is asked whether somebody who uses the gateway still may; 0 is never
 */
public record TokenProperties(
        @DefaultValue("60s") Duration refreshAhead,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("3s") Duration reuseGrace,
        @DefaultValue("0s") Duration userinfoInterval) {

    /** What is left of the grace when a repeated request arrives in the worst case. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    @AssertTrue(message = "refresh-ahead and patience must be positive")
    boolean isPositive() {
        return refreshAhead.isPositive() && patience.isPositive();
    }

    @AssertTrue(message = "reuse-grace must be 0, or from 2s to 60s: a shorter one leaves no time to use it")
    boolean isReuseGracePossible() {
        return reuseGrace.isZero()
                || (reuseGrace.compareTo(Duration.ofSeconds(2)) >= 0
                        && reuseGrace.compareTo(Duration.ofSeconds(60)) <= 0);
    }

    @AssertTrue(message = "userinfo-interval must not be negative")
    boolean isUserinfoIntervalPossible() {
        return !userinfoInterval.isNegative();
    }

    /** How long after a refresh token was sent it may be sent once more; 0 if not at all. */
    Duration repeatable() {
        return reuseGrace.isZero() ? Duration.ZERO : reuseGrace.minus(MARGIN);
    }
}
