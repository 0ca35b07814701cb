package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TurnsTests {

    private final Turns<String> turns = new Turns<>();
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
