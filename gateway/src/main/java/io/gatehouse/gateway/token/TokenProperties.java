package io.gatehouse.gateway.token;

import io.gatehouse.gateway.session.AccessToken;
import jakarta.validation.constraints.AssertTrue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When access tokens are refreshed, and how long anybody waits for it.
 *
 * @param refreshAhead how long before its expiry an access token is due; never more than half of its lifetime
 * @param patience how long a request waits for the IdP; the call itself goes on, and its result is kept for the next
 *     request
 * @param userinfoInterval how often the IdP is asked whether somebody who uses the gateway still may; 0 is never
 */
public record TokenProperties(
        @DefaultValue("60s") Duration refreshAhead,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("0s") Duration userinfoInterval) {

    @AssertTrue(message = "refresh-ahead and patience must be positive")
    boolean isPositive() {
        return refreshAhead.isPositive() && patience.isPositive();
    }

    @AssertTrue(message = "userinfo-interval must not be negative")
    boolean isUserinfoIntervalPossible() {
        return !userinfoInterval.isNegative();
    }

    /**
     * Whether the token should be refreshed now, though it may still be valid.
     *
     * @param renewal tokens issued before are due
     */
    boolean isDue(AccessToken token, Instant renewal, Clock clock) {
        return token.issuedAt().isBefore(renewal) || isDue(token, clock);
    }

    private boolean isDue(AccessToken token, Clock clock) {
        Duration half = Duration.between(token.issuedAt(), token.expiresAt()).dividedBy(2);
        Duration ahead = refreshAhead.compareTo(half) < 0 ? refreshAhead : half;
        return !clock.instant().isBefore(token.expiresAt().minus(ahead));
    }

    /** Whether the token may be used while there is no newer one to be had. */
    static boolean isUsable(AccessToken token, Instant renewal, Clock clock) {
        return !isExpired(token, clock) && !token.issuedAt().isBefore(renewal);
    }

    static boolean isExpired(AccessToken token, Clock clock) {
        Instant now = clock.instant();
        return !now.isBefore(token.expiresAt());
    }
}
