package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RareWarningTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final RareWarning warning = new RareWarning(clock);

    @Test
    void isDueAtOnceAndThenEveryTenSeconds() {
        assertThat(warning.isDue()).isTrue();
        assertThat(warning.isDue()).isFalse();

        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(warning.isDue()).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(warning.isDue()).isTrue();
        assertThat(warning.isDue()).isFalse();
    }
}
