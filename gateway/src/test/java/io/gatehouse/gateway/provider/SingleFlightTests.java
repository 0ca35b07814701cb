package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Prevents the bug of spring-cloud-vault#940: a cached {@code Mono} that replays its error for ever. */
class SingleFlightTests {

    private final SingleFlight<String, Integer> flights = new SingleFlight<>();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void thoseWhoComeMeanwhileShareOneAttempt() {
        Sinks.One<Integer> idp = Sinks.one();
        Mono<Integer> attempt = counted(idp.asMono());

        var first = flights.join("s", attempt).toFuture();
        var second = flights.join("s", attempt).toFuture();
        idp.tryEmitValue(7);

        assertThat(first).isCompletedWithValue(7);
        assertThat(second).isCompletedWithValue(7);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void failureIsNotReplayedEvenToWhoTriesAgainAtOnce() {
        Mono<Integer> failing = counted(Mono.error(new IllegalStateException()));

        StepVerifier.create(
                        flights.join("s", failing).onErrorResume(failure -> flights.join("s", counted(Mono.just(2)))))
                .expectNext(2)
                .verifyComplete();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void whoeverGivesUpLeavesTheAttemptRunning() {
        Sinks.One<Integer> idp = Sinks.one();
        AtomicInteger stored = new AtomicInteger();
        Mono<Integer> attempt = counted(idp.asMono()).doOnNext(stored::set);

        flights.join("s", attempt).subscribe().dispose();
        idp.tryEmitValue(7);

        assertThat(stored).hasValue(7);
    }

    @Test
    void differentKeysDoNotWaitForEachOther() {
        var blocked = flights.join("a", Mono.never()).toFuture();

        StepVerifier.create(flights.join("b", counted(Mono.just(1))))
                .expectNext(1)
                .verifyComplete();
        assertThat(blocked).isNotDone();
    }

    private Mono<Integer> counted(Mono<Integer> attempt) {
        return Mono.defer(() -> {
            attempts.incrementAndGet();
            return attempt;
        });
    }
}
