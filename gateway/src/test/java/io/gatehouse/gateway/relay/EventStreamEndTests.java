package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class EventStreamEndTests {

    private static final String LAST =
            "event: session-ended\ndata: {\"signInUrl\":\"http://localhost:8080/auth/sign-in\"}\n\n";

    private final EventStreamEnd end = new EventStreamEnd("http://localhost:8080/auth/sign-in");
    private final TestPublisher<String> body = TestPublisher.create();
    private final Sinks.Empty<Void> session = Sinks.empty();

    @Test
    void streamBetweenTwoEventsIsToldAndCompleted() {
        StepVerifier.create(relayed())
                .then(() -> body.next("data: 1\n\n"))
                .expectNext("data: 1\n\n")
                .then(session::tryEmitEmpty)
                .expectNext(LAST)
                .verifyComplete();

        body.assertCancelled();
    }

    @Test
    void streamThatHasNotBegunIsToldAndCompleted() {
        StepVerifier.create(relayed())
                .then(session::tryEmitEmpty)
                .expectNext(LAST)
                .verifyComplete();
    }

    @Test
    void eventThatHasBegunIsRelayedToItsEndAndNoFurther() {
        StepVerifier.create(relayed())
                .then(() -> body.next("data: ha"))
                .expectNext("data: ha")
                .then(session::tryEmitEmpty)
                .then(() -> body.next("lf\n"))
                .expectNext("lf\n")
                .then(() -> body.next("id: 1\n\ndata: next\n\n"))
                .expectNext("id: 1\n\n")
                .expectNext(LAST)
                .verifyComplete();
    }

    @Test
    void streamThatItsUpstreamCompletesIsLeftAsItIs() {
        StepVerifier.create(relayed())
                .then(() -> body.next("data: 1\n\n"))
                .expectNext("data: 1\n\n")
                .then(body::complete)
                .verifyComplete();

        assertThat(session.currentSubscriberCount()).isZero();
    }

    @Test
    void halfAnEventIsNotFollowedByTheLast() {
        StepVerifier.create(relayed())
                .then(() -> body.next("data: ha"))
                .expectNext("data: ha")
                .then(session::tryEmitEmpty)
                .then(body::complete)
                .verifyComplete();
    }

    @Test
    void failureOfTheUpstreamIsOne() {
        StepVerifier.create(relayed())
                .then(() -> body.error(new IllegalStateException("broken")))
                .verifyErrorMessage("broken");

        assertThat(session.currentSubscriberCount()).isZero();
    }

    @Test
    void browserThatGoesAwayEndsBoth() {
        StepVerifier.create(relayed())
                .then(() -> body.next("data: ha"))
                .expectNext("data: ha")
                .thenCancel()
                .verify();

        body.assertCancelled();
        assertThat(session.currentSubscriberCount()).isZero();
    }

    @Test
    void browserThatDoesNotReadHoldsTheUpstreamBack() {
        StepVerifier.create(relayed(), 1)
                .then(() -> body.next("data: 1\n\n"))
                .expectNext("data: 1\n\n")
                .then(() -> body.assertMaxRequested(1))
                .thenCancel()
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',true",
                "data: 1,false",
                "data: 1|n,false",
                "data: 1|n|n,true",
                "data: 1|r|r,true",
                "data: 1|r|n,false",
                "data: 1|r|n|r|n,true",
                "data: 1|n|r|n,true",
                "data: 1|n|ndata: 2,false",
                "data: 1|n|n|n|n,true",
                ": comment|n,true",
                ": comment,false",
                "data: 1|n: comment|n,false",
                "data: 1|n: comment|n|n,true"
            })
    void knowsWhereAnEventEnds(String stream, boolean isBetween) {
        EventBoundary boundary = new EventBoundary();

        stream.replace("|n", "\n")
                .replace("|r", "\r")
                .chars()
                .forEach(c -> boundary.read(buffer(Character.toString(c))));

        assertThat(boundary.isBetweenEvents()).isEqualTo(isBetween);
    }

    private Flux<String> relayed() {
        return end.of(
                        body.flux().map(text -> Mono.just(buffer(text))),
                        session.asMono(),
                        DefaultDataBufferFactory.sharedInstance)
                .flatMap(part -> part)
                .map(part -> part.toString(StandardCharsets.UTF_8));
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
