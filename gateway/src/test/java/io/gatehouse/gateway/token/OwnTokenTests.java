package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class OwnTokenTests {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MutableClock clock = MutableClock.startingNow();
    private final Freshness freshness = new Freshness(
            new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO), clock);
    private Mono<AccessToken> answer = Mono.defer(this::issue);
    private final OwnToken token = new OwnToken(Mono.defer(() -> answer), freshness, clock);
    private int issued;

    @Test
    void isAskedForOnceAndReplacedBeforeItExpires() {
        expect("1");
        clock.advance(LIFETIME.minusSeconds(91));
        expect("1");
        clock.advance(Duration.ofSeconds(31));
        expect("2");
        assertThat(issued).isEqualTo(2);
    }

    @Test
    void manyWhoNeedItAtOnceShareOneAttempt() {
        Sinks.One<AccessToken> pending = Sinks.one();
        answer = pending.asMono().doOnSubscribe(any -> issued++);

        Mono<Long> all = Mono.zip(token.current(), token.current(), token.current())
                .map(three -> three.toList().stream().distinct().count());
        StepVerifier.create(all)
                .then(() -> pending.tryEmitValue(token("shared")))
                .expectNext(1L)
                .verifyComplete();

        assertThat(issued).isEqualTo(1);
    }

    @Test
    void validOneIsUsedWhileTheIdpIsDown() {
        expect("1");
        fail();
        clock.advance(LIFETIME.minusSeconds(1));
        for (int i = 0; i < 100; i++) {
            expect("1");
        }
        assertThat(issued).isEqualTo(2);

        clock.advance(Duration.ofSeconds(1));
        expectFailure();
    }

    @Test
    void afterAFailureNobodyAsksForAWhile() {
        fail();
        for (int i = 0; i < 100; i++) {
            expectFailure();
        }
        assertThat(issued).isEqualTo(1);

        answer = Mono.defer(this::issue);
        expectFailure();
        clock.advance(OwnToken.COOLDOWN.plusMillis(1));
        expect("2");
    }

    /** Somebody waits for the newer one, and for a second at most. */
    @Test
    void idpThatHangsDelaysOneRequest() {
        expect("1");
        clock.advance(LIFETIME.minusSeconds(30));
        answer = Mono.never();

        StepVerifier.withVirtualTime(token::current)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(999))
                .thenAwait(Duration.ofMillis(1))
                .expectNextMatches(it -> it.value().equals("1"))
                .verifyComplete();
        expect("1");
    }

    private void expect(String value) {
        StepVerifier.create(token.current().map(AccessToken::value))
                .expectNext(value)
                .verifyComplete();
    }

    private void expectFailure() {
        StepVerifier.create(token.current()).verifyErrorMatches(GatewayException.is(ProblemType.PROVIDER_UNAVAILABLE));
    }

    private void fail() {
        answer = Mono.defer(() -> {
            issued++;
            return Mono.error(GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "down"));
        });
    }

    private Mono<AccessToken> issue() {
        issued++;
        return Mono.just(token(Integer.toString(issued)));
    }

    private AccessToken token(String value) {
        Instant now = clock.instant();
        return new AccessToken(value, now, now.plus(LIFETIME), List.of());
    }
}
