package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.route.RateLimitRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

class TokenBucketTests {

    @ParameterizedTest
    @CsvSource({
        "10, 1s, 0, 100000, 1000000",
        "10, 1s, 1, 100000, 100000",
        "10, 1s, 50, 100000, 5000000",
        "3, 1s, 0, 333333.333333, 1000000",
        "1, 24h, 2, 86400000000, 172800000000",
        "1000000, 1ms, 0, 0.001, 1000"
    })
    void bucketIsHowLongItTakesToFill(int requests, String per, int burst, String interval, String depth) {
        TokenBucket bucket = bucket(requests, per, burst);

        assertThat(bucket.interval()).isEqualByComparingTo(interval);
        assertThat(bucket.depth()).isEqualByComparingTo(depth);
    }

    /** Exponents are not what a script reads everywhere. */
    @Test
    void numbersAreWrittenOut() {
        assertThat(bucket(1, "24h", 0).interval().toPlainString()).isEqualTo("86400000000.000000");
    }

    @Test
    void waitIsInMicroseconds() {
        assertThat(TokenBucket.micros(1_500_000)).isEqualTo(Duration.ofMillis(1500));
    }

    private static TokenBucket bucket(int requests, String per, int burst) {
        Duration time = DurationStyle.detectAndParse(per);
        return TokenBucket.of(new RateLimitRule(requests, time, burst, RateLimitRule.By.ROUTE));
    }
}
