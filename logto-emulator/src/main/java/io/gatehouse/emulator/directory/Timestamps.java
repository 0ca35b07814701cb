package io.gatehouse.emulator.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a user came to be, last changed, last signed in. Tokens and webhooks show them in milliseconds. */
public record Timestamps(
        Instant createdAt, Instant updatedAt, @Nullable Instant lastSignInAt) {

    static Timestamps createdAt(Instant now) {
        return new Timestamps(now, now, null);
    }

    Timestamps changedAt(Instant now) {
        return new Timestamps(createdAt, now, lastSignInAt);
    }

    /** Logto writes the sign-in first and the change after it, a millisecond later. */
    Timestamps signedInAt(Instant now) {
        return new Timestamps(createdAt, now, now);
    }
}
