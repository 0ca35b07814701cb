package io.gatehouse.gateway.route;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an upstream that keeps failing is left alone for a while. Every replica counts for itself, and for each route.
 *
 * @param failureRate how many percent of the calls of the upstream have to fail before it is left alone for a while,
 *     from 1 to 100. Refused and broken connections, timeouts and answers with 5xx are failures. 0: never
 * @param window the time whose calls are looked at, in whole seconds
 * @param minimumCalls how many calls there have to be in the window before anything follows from them
 * @param openFor how long the upstream is left alone: requests are answered with 503. Then a few are let through, and
 *     what becomes of them decides
 */
public record CircuitBreakerRule(
        @DefaultValue("0") int failureRate,
        @DefaultValue("30s") Duration window,
        @DefaultValue("20") int minimumCalls,
        @DefaultValue("10s") Duration openFor) {

    private static final int MOST = 100_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Whether it is ever left alone. */
    public boolean isWatching() {
        return failureRate > 0;
    }

    boolean isReasonable() {
        boolean isCounted = failureRate >= 0 && failureRate <= 100 && minimumCalls >= 1 && minimumCalls <= MOST;
        return isCounted && isReasonable(window) && isReasonable(openFor);
    }

    private static boolean isReasonable(Duration time) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0;
    }
}
