package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class TurnsTests {

    private final Turns<String> turns = new Turns<>(1_000);
    private final List<String> begun = new ArrayList<>();

    @Test
    void workForTheSameKeyWaitsForWhatCameBefore() {
        Sinks.One<String> first = Sinks.one();
        turns.take("a", work("first", first.asMono())).subscribe();
        turns.take("a", work("second", Mono.just("x"))).subscribe();
        turns.take("b", work("other", Mono.just("x"))).subscribe();
        assertThat(begun).containsExactly("first", "other");

        first.tryEmitValue("done");

        assertThat(begun).containsExactly("first", "other", "second");
    }

    @Test
    void whoComesWhenTooManyWaitIsRefusedAndNobodyElse() {
        Turns<String> few = new Turns<>(3);
        Sinks.One<String> first = Sinks.one();
        for (String name : List.of("first", "second", "third")) {
            few.take("a", work(name, first.asMono())).subscribe();
        }

        StepVerifier.create(few.take("a", work("fourth", Mono.just("x"))))
                .verifyErrorMatches(GatewayException.is(ProblemType.PROVIDER_UNAVAILABLE));
        assertThat(few.take("b", work("other", Mono.just("x"))).block()).isEqualTo("x");

        first.tryEmitValue("done");
        assertThat(few.take("a", work("fifth", Mono.just("x"))).block()).isEqualTo("x");
        assertThat(begun).containsExactly("first", "other", "second", "third", "fifth");
    }

    @Test
    void failureLetsTheNextOneRun() {
        assertThatIllegalStateException()
                .isThrownBy(() -> turns.take("a", work("first", Mono.error(new IllegalStateException())))
                        .block());

        assertThat(turns.take("a", work("second", Mono.just("x"))).block()).isEqualTo("x");
    }

    @Test
    void queueRunsInItsOrder() {
        Sinks.One<String> first = Sinks.one();
        turns.take("a", work("0", first.asMono())).subscribe();
        IntStream.rangeClosed(1, 100)
                .forEach(number -> turns.take("a", work(Integer.toString(number), Mono.just("x")))
                        .subscribe());

        first.tryEmitValue("done");

        assertThat(begun).hasSize(101);
        assertThat(begun).isSortedAccordingTo((one, other) -> Integer.parseInt(one) - Integer.parseInt(other));
    }

    private Mono<String> work(String name, Mono<String> result) {
        return Mono.defer(() -> {
            begun.add(name);
            return result;
        });
    }
}
