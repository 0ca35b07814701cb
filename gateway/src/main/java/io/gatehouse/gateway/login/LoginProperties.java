package io.gatehouse.gateway.login;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param scopes scopes to ask for besides those this gateway and its routes need, such as {@code phone} or
 *     {@code identities}
 * @param flowLifetime how long a person may take at the IdP; Logto's own limit is one hour
 */
public record LoginProperties(
        @DefaultValue Set<String> scopes,
        @DefaultValue("60m") Duration flowLifetime) {

    private static final Duration LONGEST_FLOW = Duration.ofHours(24);

    @AssertTrue(message = "flow-lifetime must be positive and at most 24h")
    boolean isFlowLifetimeReasonable() {
        return flowLifetime.isPositive() && flowLifetime.compareTo(LONGEST_FLOW) <= 0;
    }
}
