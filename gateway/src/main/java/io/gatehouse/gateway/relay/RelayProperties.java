package io.gatehouse.gateway.relay;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to the answers of upstreams.
 *
 * @param noStore whether an answer to a signed-in person gets {@code Cache-Control: private, no-store} where the
 *     upstream set no {@code Cache-Control}, so that neither a cache nor the back button shows it to the next person
 * @param firstByteTimeout how long an upstream may take from the end of a request to the beginning of its answer before
 *     the request is answered with 504. What follows may take any time
 */
public record RelayProperties(
        @DefaultValue("true") boolean noStore,
        @DefaultValue("60s") Duration firstByteTimeout) {

    @AssertTrue(message = "first-byte-timeout must be positive")
    boolean isFirstByteTimeoutPositive() {
        return firstByteTimeout.isPositive();
    }
}
