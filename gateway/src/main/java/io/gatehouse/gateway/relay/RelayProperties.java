package io.gatehouse.gateway.relay;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this gateway speaks for its users, and what happens to the answers of upstreams.
 *
 * @param noStore whether an answer to a signed-in person gets {@code Cache-Control: private, no-store} where the
 *     upstream set no {@code Cache-Control}, so that neither a cache nor the back button shows it to the next person
 * @param firstByteTimeout how long an upstream may take from the end of a request to the beginning of its answer before
 *     the request is answered with 504. What follows may take any time. A route may have one of its own,
 *     {@code timeouts.first-byte}, and a limit for pauses
 * @param assertionKeys the keys that sign identity assertions, as PEM text: one pair or several, each a {@code PRIVATE
 *     KEY} and then its {@code PUBLIC KEY}, on P-256. The first signs, all are published. Required by routes with
 *     {@code assertion: true}, the same on every replica
 */
public record RelayProperties(
        @DefaultValue("true") boolean noStore,
        @DefaultValue("60s") Duration firstByteTimeout,
        @Nullable AssertionKeys assertionKeys) {

    public RelayProperties {
        assertionKeys = assertionKeys == null ? AssertionKeys.NONE : assertionKeys;
    }

    /** Whether there is a key to sign identity assertions with. */
    public boolean canAssert() {
        return !keys().areMissing();
    }

    /** The keys; none if there are none. */
    public AssertionKeys keys() {
        return Objects.requireNonNull(assertionKeys);
    }

    @AssertTrue(message = "first-byte-timeout must be positive")
    boolean isFirstByteTimeoutPositive() {
        return firstByteTimeout.isPositive();
    }
}
