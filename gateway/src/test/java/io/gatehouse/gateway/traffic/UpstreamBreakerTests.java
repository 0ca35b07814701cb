package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.route.CircuitBreakerRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class UpstreamBreakerTests {

    private static final Duration OPEN_FOR = Duration.ofSeconds(10);

    private final MutableClock clock = MutableClock.startingNow();
    private final UpstreamBreaker breaker =
            new UpstreamBreaker("r", new CircuitBreakerRule(50, Duration.ofSeconds(30), 4, OPEN_FOR), clock);

    @Test
    void tooFewCallsSayNothing() {
        fail(3);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void upstreamThatFailsOftenEnoughIsLeftAlone() {
        succeed(2);
        fail(2);

        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.timeLeft()).isEqualTo(OPEN_FOR);
        clock.advance(Duration.ofSeconds(4));
        assertThat(breaker.timeLeft()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void upstreamThatFailsLessOftenIsNot() {
        succeed(3);
        fail(2);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void whatWasBeforeTheWindowIsForgotten() {
        fail(3);
        clock.advance(Duration.ofSeconds(31));
        fail(3);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void whatSaysNothingAboutTheUpstreamDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(breaker.isClosed()).isTrue();
            breaker.undecided();
        }
        fail(3);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void threeTrialsDecide() {
        fail(4);
        clock.advance(OPEN_FOR.plusMillis(1));

        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.isClosed()).isFalse();
        assertThat(breaker.timeLeft()).isZero();
        breaker.answered(HttpStatus.OK);
        breaker.answered(HttpStatus.OK);
        breaker.answered(HttpStatus.OK);
        assertThat(breaker.isClosed()).isTrue();
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(breaker.isClosed()).isTrue();
            breaker.answered(HttpStatus.BAD_GATEWAY);
        }
    }

    private void succeed(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(breaker.isClosed()).isTrue();
            breaker.answered(HttpStatus.NOT_FOUND);
        }
    }
}
