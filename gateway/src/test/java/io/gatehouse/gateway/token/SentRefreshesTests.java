package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class SentRefreshesTests {

    private final SentRefreshes sent = new SentRefreshes();
    private final Sinks.One<String> answer = Sinks.one();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean stored = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Asks, and stores what comes. */
    private final Mono<String> work =
            answer.asMono().doOnSubscribe(asks -> asked.incrementAndGet()).doOnNext(text -> stored.set(true));

    @Test
    void nothingIsAskedBeforeSomebodyWantsIt() {
        sent.keep(work);

        assertThat(asked).hasValue(0);
    }

    @Test
    void workGoesOnWhenNobodyWaitsAnyMore() {
        sent.keep(work).subscribe().dispose();

        answer.tryEmitValue("late");

        assertThat(stored).isTrue();
    }

    @Test
    void whoeverGivesUpLeavesItToTheWorkToBeStored() {
        StepVerifier.create(sent.keep(work).timeout(Duration.ofMillis(10), Mono.just("gave up")))
                .expectNext("gave up")
                .verifyComplete();

        answer.tryEmitValue("late");

        assertThat(stored).isTrue();
    }

    @Test
    void stopWaitsForWhatIsOut() {
        sent.start();
        sent.keep(work).subscribe();
        sent.stop(() -> stopped.set(true));
        assertThat(stopped).isFalse();

        answer.tryEmitValue("late");

        await().untilTrue(stopped);
        assertThat(sent.isRunning()).isFalse();
    }

    @Test
    void stopDoesNotWaitForEver() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            sent.keep(work).subscribe();
            sent.stop(() -> stopped.set(true));
            time.advanceTimeBy(Duration.ofSeconds(9));
            assertThat(stopped).isFalse();

            time.advanceTimeBy(Duration.ofSeconds(2));
            assertThat(stopped).isTrue();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void stopIsAtOnceWhenNothingIsOut() {
        sent.keep(Mono.just("done")).block();
        sent.keep(Mono.error(new IllegalStateException("failed")))
                .onErrorComplete()
                .block();

        sent.stop(() -> stopped.set(true));

        assertThat(stopped).isTrue();
    }
}
