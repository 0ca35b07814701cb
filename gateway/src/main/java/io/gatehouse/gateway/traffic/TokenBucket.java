package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.route.RateLimitRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A token bucket as times: a token takes so long to come, and a bucket that has been emptied so long to be full again.
 *
 * @param interval until a token is there that was not, in microseconds
 * @param depth of all tokens together, in microseconds
 */
record TokenBucket(BigDecimal interval, BigDecimal depth) {

    private static final int NANOS_OF_A_MICRO = 3;
    private static final int DECIMALS = 6;

    static TokenBucket of(RateLimitRule rule) {
        BigDecimal micros = BigDecimal.valueOf(rule.per().toNanos(), NANOS_OF_A_MICRO);
        BigDecimal atOnce = BigDecimal.valueOf(rule.atOnce());
        return new TokenBucket(quotient(micros, rule), quotient(micros.multiply(atOnce), rule));
    }

    private static BigDecimal quotient(BigDecimal micros, RateLimitRule rule) {
        return micros.divide(BigDecimal.valueOf(rule.requests()), DECIMALS, RoundingMode.HALF_UP);
    }

    /** How long that many microseconds are. */
    static Duration micros(long count) {
        return Duration.ofNanos(Math.multiplyExact(count, 1_000L));
    }
}
