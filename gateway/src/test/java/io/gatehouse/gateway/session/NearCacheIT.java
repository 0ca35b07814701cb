package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What two replicas know of the same sessions. */
class NearCacheIT {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts here;
    private SessionParts there;

    @BeforeEach
    void startReplicas() {
        here = new SessionParts(REDIS.url(), clock);
        there = new SessionParts(REDIS.url(), clock);
        awaitTracking();
    }

    @AfterEach
    void stopReplicas() {
        here.close();
        there.close();
    }

    @Test
    void sessionIsReadOnceAndThenKnown() {
        SessionId id = here.begun();

        SessionRecord first = here.cache.find(id).block();

        assertThat(here.cache.find(id).block()).isSameAs(first);
    }

    @Test
    void endOnAnotherReplicaIsHeardOf() {
        SessionId id = here.begun();
        there.cache.find(id).block();

        here.store.delete(id).block();

        await().atMost(Duration.ofSeconds(1))
                .until(() -> there.cache.find(id).blockOptional().isEmpty());
    }

    @Test
    void changeOnAnotherReplicaIsHeardOf() {
        SessionId id = here.begun();
        there.cache.find(id).block();

        here.store
                .change(id, newest -> newest.with(TestSessions.tokens("next")))
                .block();

        await().atMost(Duration.ofSeconds(1))
                .until(() -> "next".equals(there.cache.find(id).block().tokens().refreshToken()));
    }

    @Test
    void replicaSeesItsOwnWritesAtOnce() {
        SessionId id = here.begun();
        here.cache.find(id).block();

        here.store
                .change(id, newest -> newest.with(TestSessions.tokens("next")))
                .block();
        assertThat(here.cache.find(id).block().tokens().refreshToken()).isEqualTo("next");

        here.store.delete(id).block();
        StepVerifier.create(here.cache.find(id)).verifyComplete();
    }

    @Test
    void sessionsOfAllThatIsFlushedAreGone() {
        SessionId id = here.begun();
        there.cache.find(id).block();

        REDIS.clear();

        await().atMost(Duration.ofSeconds(1))
                .until(() -> there.cache.find(id).blockOptional().isEmpty());
    }

    @Test
    void deadlineIsKeptWithoutRedis() {
        SessionId id = here.begun();
        here.cache.find(id).block();

        clock.advance(Duration.ofMinutes(30));

        StepVerifier.create(here.cache.find(id)).verifyComplete();
    }

    @Test
    void nothingIsBelievedForLongerThanItsMaximalAge() {
        SessionId id = here.begun();
        SessionRecord first = here.cache.find(id).block();

        clock.advance(Duration.ofSeconds(59));
        assertThat(here.cache.find(id).block()).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));

        assertThat(here.cache.find(id).block()).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void whileRedisIsAwaySessionsLastAsLongAsTheyMayBeStale() {
        SessionId id = here.begun();
        SessionRecord known = here.cache.find(id).block();
        SessionId unknown = here.begun();

        REDIS.pause();
        try {
            awaitLoss();
            clock.advance(Duration.ofSeconds(59));
            assertThat(here.cache.find(id).block()).isSameAs(known);
            verifyUnavailable(unknown);
            clock.advance(Duration.ofSeconds(1));
            verifyUnavailable(id);
        } finally {
            REDIS.resume();
        }
        awaitTracking();
        assertThat(here.cache.find(id).block()).isEqualTo(known);
    }

    @Test
    void endThatNobodyHeardOfIsFoundWhenTrackingIsBack() {
        SessionId id = here.begun();
        there.cache.find(id).block();

        REDIS.pause();
        try {
            awaitLoss();
        } finally {
            // It ends before anybody has been connected again.
            REDIS.resume();
        }
        REDIS.with(commands -> commands.del(there.store.key(id).getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(there.cache.find(id).retry(50)).verifyComplete();
    }

    @Test
    void lostTrackingIsMadeAgainAndNothingOldIsBelievedAfterwards() {
        SessionId id = here.begun();
        SessionRecord known = here.cache.find(id).block();

        REDIS.cutTracking();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(here.cache.find(id).block()).isNotSameAs(known));
        awaitTracking();
        assertThat(here.cache.find(id).block()).isSameAs(here.cache.find(id).block());
    }

    @Test
    void readingThatWasOvertakenIsNotKept() {
        List<SessionId> ids =
                IntStream.range(0, 200).mapToObj(i -> here.begun()).toList();

        Flux.fromIterable(ids)
                .flatMap(id -> Flux.merge(there.cache.find(id), here.store.delete(id)), 32)
                .blockLast();

        await().atMost(Duration.ofSeconds(1))
                .until(() -> Flux.fromIterable(ids)
                        .flatMap(there.cache::find)
                        .collectList()
                        .block()
                        .isEmpty());
    }

    private void verifyUnavailable(SessionId id) {
        StepVerifier.create(here.cache.find(id))
                .expectErrorMatches(failure -> failure instanceof GatewayException named
                        && named.type() == ProblemType.SESSION_STORE_UNAVAILABLE)
                .verify(Duration.ofSeconds(2));
    }

    private void awaitTracking() {
        await().atMost(Duration.ofSeconds(10)).until(() -> here.tracking.isComplete() && there.tracking.isComplete());
    }

    private void awaitLoss() {
        await().atMost(Duration.ofSeconds(10)).until(() -> !here.tracking.isComplete() && !there.tracking.isComplete());
    }
}
