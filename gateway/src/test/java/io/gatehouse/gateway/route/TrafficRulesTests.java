package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** What a route may say about how much it takes. */
class TrafficRulesTests {

    @Test
    void routeThatSaysNothingHasNoLimitsButForConnecting() {
        RouteProperties route = route(Map.of());

        assertThat(route.timeouts()).isEqualTo(new TimeoutRule(Duration.ofSeconds(5), null, null));
        assertThat(route.retry()).isEqualTo(new RetryRule(0, Set.of(), 20));
        assertThat(route.circuitBreaker())
                .isEqualTo(new CircuitBreakerRule(0, Duration.ofSeconds(30), 20, Duration.ofSeconds(10)));
        assertThat(route.rateLimit().isLimiting()).isFalse();
        assertThat(route.rateLimit().by()).isEqualTo(RateLimitRule.By.SESSION);
        assertThat(route.maxBody()).isNull();
        assertThat(route.maintenance()).isFalse();
        assertThat(isAccepted(route)).isTrue();
    }

    @Test
    void everyKeyIsBound() {
        RouteProperties route = route(Map.of(
                "timeouts.connect", "1s",
                "timeouts.first-byte", "2s",
                "timeouts.idle", "3s",
                "rate-limit.requests", "10",
                "rate-limit.per", "1h",
                "rate-limit.burst", "20",
                "rate-limit.by", "address",
                "max-body", "10MB",
                "maintenance", "true"));

        assertThat(route.timeouts())
                .isEqualTo(new TimeoutRule(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        assertThat(route.rateLimit())
                .isEqualTo(new RateLimitRule(10, Duration.ofHours(1), 20, RateLimitRule.By.ADDRESS));
        assertThat(route.maxBody()).isEqualTo(DataSize.ofMegabytes(10));
        assertThat(route.maintenance()).isTrue();
        assertThat(isAccepted(route)).isTrue();
    }

    @Test
    void everyKeyAboutFailuresIsBound() {
        RouteProperties route = route(Map.of(
                "retry.attempts", "2",
                "retry.statuses", "502,503",
                "retry.budget", "10",
                "circuit-breaker.failure-rate", "40",
                "circuit-breaker.window", "1m",
                "circuit-breaker.minimum-calls", "5",
                "circuit-breaker.open-for", "2s"));

        assertThat(route.retry()).isEqualTo(new RetryRule(2, Set.of(502, 503), 10));
        assertThat(route.circuitBreaker())
                .isEqualTo(new CircuitBreakerRule(40, Duration.ofMinutes(1), 5, Duration.ofSeconds(2)));
        assertThat(isAccepted(route)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "timeouts.connect, 0s",
        "timeouts.connect, 25h",
        "timeouts.first-byte, -1s",
        "timeouts.idle, 0s",
        "retry.attempts, -1",
        "retry.attempts, 6",
        "retry.statuses, 503",
        "retry.budget, 0",
        "retry.budget, 101",
        "circuit-breaker.failure-rate, 101",
        "circuit-breaker.minimum-calls, 0",
        "circuit-breaker.window, 500ms",
        "circuit-breaker.open-for, 2h",
        "rate-limit.requests, -1",
        "rate-limit.requests, 1000001",
        "rate-limit.burst, 5",
        "max-body, -1B"
    })
    void whatMakesNoSenseIsRefused(String key, String value) {
        assertThat(isAccepted(route(Map.of(key, value)))).isFalse();
    }

    @Test
    void answersThatAreTreatedLikeNoneAreThoseOfAServer() {
        assertThat(isAccepted(route(Map.of("retry.attempts", "1", "retry.statuses", "500,599"))))
                .isTrue();
        assertThat(isAccepted(route(Map.of("retry.attempts", "1", "retry.statuses", "429"))))
                .isFalse();
    }

    @Test
    void publicRouteIsLimitedByWhatIsKnownThere() {
        Map<String, String> limited = Map.of("access", "public", "rate-limit.requests", "1");

        assertThat(isAccepted(route(limited))).isFalse();
        assertThat(isAccepted(route(and(limited, "rate-limit.by", "address")))).isTrue();
        assertThat(isAccepted(route(and(limited, "rate-limit.by", "route")))).isTrue();
        assertThat(isAccepted(route(Map.of("access", "public")))).isTrue();
    }

    private static boolean isAccepted(RouteProperties route) {
        return route.isTimeoutsReasonable()
                && route.isRateLimitReasonable()
                && route.isBurstUsed()
                && route.isRateLimitOfSomebody()
                && route.isRetryReasonable()
                && route.isRetryUsed()
                && route.isCircuitBreakerReasonable()
                && route.isMaxBodyASize();
    }

    private static Map<String, String> and(Map<String, String> settings, String key, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    private static RouteProperties route(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("id", "r", "path", "/**", "upstream", "http://app:3000"));
        return RouteProperties.of(all);
    }
}
