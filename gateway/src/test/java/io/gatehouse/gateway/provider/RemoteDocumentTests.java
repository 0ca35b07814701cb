package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class RemoteDocumentTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final AtomicInteger fetches = new AtomicInteger();
    private boolean down;
    private final RemoteDocument<Integer> document =
            new RemoteDocument<>(Mono.fromSupplier(this::fetch), Duration.ofHours(1), clock);

    @Test
    void isFetchedOnceAndKeptForItsTime() {
        expect(1);
        clock.advance(Duration.ofMinutes(59));
        expect(1);
        clock.advance(Duration.ofMinutes(2));
        expect(2);
    }

    @Test
    void failureIsNotKept() {
        down = true;
        StepVerifier.create(document.current()).verifyError(IllegalStateException.class);

        down = false;
        expect(2);
    }

    @Test
    void isServedPastItsTimeWhileTheSourceIsDown() {
        expect(1);
        down = true;
        clock.advance(Duration.ofDays(1));

        expect(1);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void sourceThatIsDownIsNotAskedByEveryRequest() {
        expect(1);
        down = true;
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 100; i++) {
            expect(1);
        }

        assertThat(fetches).hasValue(2);
    }

    @Test
    void strangersCannotMakeItBeFetchedMoreThanOnceInHalfAMinute() {
        expect(1);
        for (int i = 0; i < 100; i++) {
            document.refetched().block();
        }
        assertThat(fetches).hasValue(1);

        clock.advance(RemoteDocument.RETRY_INTERVAL);
        document.refetched().block();
        assertThat(fetches).hasValue(2);
    }

    /** Whoever asks just as another attempt ends may have seen the budget before that one spent it. */
    @Test
    void strangersWhoComeAtOnceMakeItBeFetchedOnce() {
        expect(1);
        for (int round = 2; round < 300; round++) {
            clock.advance(RemoteDocument.RETRY_INTERVAL);

            Flux.range(0, 8)
                    .flatMap(any -> document.refetched().subscribeOn(Schedulers.parallel()))
                    .blockLast();

            assertThat(fetches).hasValue(round);
        }
    }

    @Test
    void whoeverHasABudgetOfTheirOwnDelaysNobodyElse() {
        var strangers = new RemoteDocument.Budget();
        expect(1);
        clock.advance(RemoteDocument.RETRY_INTERVAL);

        for (int i = 0; i < 100; i++) {
            document.refetched(strangers).block();
        }
        assertThat(fetches).hasValue(2);

        document.refetched().block();
        assertThat(fetches).hasValue(3);
        document.refetched(strangers).block();
        assertThat(fetches).hasValue(3);
    }

    @Test
    void whoeverHasABudgetOfTheirOwnIsNotKeptFromFetchingByOthers() {
        var strangers = new RemoteDocument.Budget();
        expect(1);

        StepVerifier.create(document.refetched(strangers)).expectNext(2).verifyComplete();
        expect(2);
    }

    @Test
    void whatCannotBeFetchedAgainIsUnknownToStrangers() {
        var strangers = new RemoteDocument.Budget();
        expect(1);
        down = true;

        StepVerifier.create(document.refetched(strangers)).verifyError(IllegalStateException.class);
        StepVerifier.create(document.current(strangers)).expectNext(1).verifyComplete();
    }

    /** The keys are as unknown a second later; only nobody asks again so soon. */
    @Test
    void whatCouldNotBeFetchedJustNowIsUnknownStill() {
        var strangers = new RemoteDocument.Budget();
        expect(1);
        down = true;

        StepVerifier.create(document.refetched(strangers)).verifyError(IllegalStateException.class);
        StepVerifier.create(document.refetched(strangers)).verifyError(IllegalStateException.class);
        assertThat(fetches).hasValue(2);

        down = false;
        clock.advance(RemoteDocument.RETRY_INTERVAL);
        StepVerifier.create(document.refetched(strangers)).expectNext(3).verifyComplete();
        StepVerifier.create(document.refetched(strangers)).expectNext(3).verifyComplete();
    }

    @Test
    void recentCopyIsAsYoungAsIsAskedFor() {
        var callers = new RemoteDocument.Budget();
        Duration age = RemoteDocument.RETRY_INTERVAL;
        StepVerifier.create(document.recent(age, callers)).expectNext(1).verifyComplete();

        clock.advance(age.minusMillis(1));
        StepVerifier.create(document.recent(age, callers)).expectNext(1).verifyComplete();
        clock.advance(Duration.ofMillis(1));
        StepVerifier.create(document.recent(age, callers)).expectNext(2).verifyComplete();

        down = true;
        clock.advance(age);
        StepVerifier.create(document.recent(age, callers)).expectNext(2).verifyComplete();
    }

    @Test
    void nobodyWaitsLongForANewerCopy() {
        var slow = new RemoteDocument<>(
                Mono.defer(() -> fetch() == 1 ? Mono.just(1) : Mono.never()), Duration.ofHours(1), clock);
        var callers = new RemoteDocument.Budget();
        slow.current().block();
        clock.advance(Duration.ofMinutes(5));

        StepVerifier.withVirtualTime(() -> slow.recent(Duration.ofSeconds(30), callers))
                .thenAwait(Duration.ofSeconds(1))
                .expectNext(1)
                .verifyComplete();
    }

    private void expect(int value) {
        StepVerifier.create(document.current()).expectNext(value).verifyComplete();
    }

    private int fetch() {
        int number = fetches.incrementAndGet();
        if (down) {
            throw new IllegalStateException("down");
        }
        return number;
    }
}
