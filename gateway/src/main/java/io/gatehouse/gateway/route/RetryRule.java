package io.gatehouse.gateway.route;

import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether a request is sent to the upstream once more that has not been answered.
 *
 * @param attempts how often a request is sent to the upstream once more, at most. Only methods that may be repeated
 *     (RFC 9110, section 9.2.2), without a body or with a short one, and only where the connection was refused or
 *     broken off before an answer began. 0: never
 * @param statuses answers that are treated like none, such as {@code 502,503}; 500 to 599
 * @param budget how many percent of the route's requests of the last 10 seconds may be such repetitions, on each
 *     replica, so that an upstream in trouble is not asked for ever more
 */
public record RetryRule(
        @DefaultValue("0") int attempts,
        @DefaultValue Set<Integer> statuses,
        @DefaultValue("20") int budget) {

    private static final int MOST = 5;

    /** Whether anything is sent twice at all. */
    public boolean isRetrying() {
        return attempts > 0;
    }

    boolean isReasonable() {
        boolean areOfAServer = statuses.stream().allMatch(status -> status >= 500 && status <= 599);
        return attempts >= 0 && attempts <= MOST && areOfAServer && budget >= 1 && budget <= 100;
    }

    boolean isUsed() {
        return isRetrying() || statuses.isEmpty();
    }
}
