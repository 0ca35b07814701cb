package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final RetryBudget budget = new RetryBudget(20, clock);

    @Test
    void quietRouteMayRepeatAFew() {
        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void busyRouteMayRepeatItsShareAsWell() {
        note(100);

        assertThat(takeAll()).isEqualTo(23);
    }

    @Test
    void requestsCountForTenSeconds() {
        note(100);
        clock.advance(Duration.ofSeconds(9));
        assertThat(takeAll()).isEqualTo(23);

        clock.advance(Duration.ofSeconds(1));
        assertThat(takeAll()).isZero();

        clock.advance(Duration.ofSeconds(9));
        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void clockThatIsSetBackForgetsWhatWasToCome() {
        takeAll();
        clock.advance(Duration.ofHours(-1));

        assertThat(takeAll()).isEqualTo(3);
    }

    private void note(int requests) {
        for (int i = 0; i < requests; i++) {
            budget.note();
        }
    }

    private int takeAll() {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }
}
