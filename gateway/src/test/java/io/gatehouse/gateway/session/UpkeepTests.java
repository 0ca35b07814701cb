package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class UpkeepTests {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void reset() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void workIsDoneAgainAndAgain() {
        Upkeep upkeep = new Upkeep(PERIOD, () -> Mono.fromRunnable(runs::incrementAndGet));
        upkeep.start();

        time.advanceTimeBy(PERIOD.multipliedBy(3));

        assertThat(runs).hasValue(3);
        assertThat(upkeep.isRunning()).isTrue();
    }

    @Test
    void workThatFailsIsDoneTheNextTime() {
        Upkeep upkeep =
                new Upkeep(PERIOD, () -> Mono.error(new IllegalStateException("run " + runs.incrementAndGet())));
        upkeep.start();

        time.advanceTimeBy(PERIOD.multipliedBy(3));

        assertThat(runs).hasValue(3);
    }

    @Test
    void workThatTakesLongIsNotBegunASecondTime() {
        Upkeep upkeep = new Upkeep(
                PERIOD,
                () -> Mono.delay(PERIOD.multipliedBy(10))
                        .doOnSubscribe(begun -> runs.incrementAndGet())
                        .then());
        upkeep.start();

        time.advanceTimeBy(PERIOD.multipliedBy(5));

        assertThat(runs).hasValue(1);
    }

    @Test
    void workIsDoneOnceMoreAtTheEndAndNoLonger() throws InterruptedException {
        Upkeep upkeep = new Upkeep(PERIOD, () -> Mono.fromRunnable(runs::incrementAndGet));
        var stopped = new CountDownLatch(1);
        upkeep.start();

        upkeep.stop(stopped::countDown);
        time.advanceTimeBy(PERIOD.multipliedBy(3));

        assertThat(stopped.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(upkeep.isRunning()).isFalse();
    }
}
