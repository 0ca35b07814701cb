package io.gatehouse.gateway.session;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Sessions that a replica keeps in memory, so that a request need not ask Redis.
 *
 * @param size how much memory they may take, roughly; {@code 0B} keeps none
 * @param maxAge how long one is used at most without asking Redis, even if Redis has said nothing of a change
 * @param maxStale how long one is used while Redis does not answer, counted from when it was last known to be right;
 *     {@code 0s} refuses at once
 */
public record CacheProperties(
        @DefaultValue("64MB") DataSize size,
        @DefaultValue("60s") Duration maxAge,
        @DefaultValue("60s") Duration maxStale) {

    @AssertTrue(message = "size, max-age and max-stale cannot be negative")
    boolean isNotNegative() {
        return !size.isNegative() && !maxAge.isNegative() && !maxStale.isNegative();
    }
}
