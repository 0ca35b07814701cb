package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ClockSkewTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final ClockSkew skew = new ClockSkew(clock);

    @ParameterizedTest
    @ValueSource(longs = {-3600, -61, 0, 61, 3600})
    void answerTellsHowFarTheIdpIsAhead(long seconds) {
        HttpHeaders answer = new HttpHeaders();
        answer.setDate(clock.instant().plusSeconds(seconds).toEpochMilli());

        skew.measure(answer);

        assertThat(skew.current().minusSeconds(seconds).abs()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void answerWithoutAReadableDateTellsNothing() {
        HttpHeaders answer = new HttpHeaders();
        skew.measure(answer);
        answer.set(HttpHeaders.DATE, "yesterday");
        skew.measure(answer);

        assertThat(skew.current()).isZero();
    }
}
