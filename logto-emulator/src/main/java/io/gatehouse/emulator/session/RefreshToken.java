package io.gatehouse.emulator.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token, one link of a chain of rotations.
 *
 * @param chainStartedAt when the first token of the chain was issued
 * @param consumedAt when it was last rotated away; null while it is current
 */
public record RefreshToken(
        String value,
        TokenSource source,
        Instant issuedAt,
        Instant expiresAt,
        Instant chainStartedAt,
        @Nullable Instant consumedAt) {

    /** After a year a chain is no longer prolonged; its last token lives to its end. */
    private static final Duration LONGEST_CHAIN = Duration.ofDays(365).plusHours(6);

    /** Whether it is time for another one: enough of its life has passed, in percent. */
    public boolean isDueForRotation(int threshold, Instant now) {
        long life = Duration.between(issuedAt, expiresAt).toMillis();
        long passed = Duration.between(issuedAt, now).toMillis();
        return Duration.between(chainStartedAt, now).compareTo(LONGEST_CHAIN) < 0 && passed * 100 >= life * threshold;
    }

    /** Whether it was rotated away so long ago that another use can only be theft. */
    public boolean isReplayed(Duration reuseInterval, Instant now) {
        return consumedAt != null && consumedAt.plus(reuseInterval).isBefore(now);
    }

    /** Every use within the grace starts the grace anew, as Logto's one column does. */
    RefreshToken consumedAt(Instant now) {
        return new RefreshToken(value, source, issuedAt, expiresAt, chainStartedAt, now);
    }
}
