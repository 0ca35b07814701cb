package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Everything that can happen to a session, in random order and at the same time, on two replicas. Whatever the order: a
 * session that has ended is served no more and comes back in no way, and one that nobody ends is lost in no way. A run
 * that fails is run again by its seed.
 */
class InterleavingsIT {

    private static final int RUNS = 200;
    private static final int STEPS = 14;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final MutableClock CLOCK = MutableClock.startingNow();
    private static SessionParts here;
    private static SessionParts there;

    private final AtomicBoolean ended = new AtomicBoolean();

    @BeforeAll
    static void startReplicas() {
        here = new SessionParts(REDIS.url(), CLOCK);
        there = new SessionParts(REDIS.url(), CLOCK);
        await().until(() -> here.tracking.isComplete() && there.tracking.isComplete());
    }

    @AfterAll
    static void stopReplicas() {
        here.close();
        there.close();
    }

    static Stream<Long> seeds() {
        return new Random().longs(RUNS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingRevivesASessionAndNothingLosesOne(long seed) {
        Random random = new Random(seed);
        CLOCK.advance(Duration.ofMillis(1));
        SessionId id = here.begun();
        boolean mayEnd = random.nextInt(10) > 0;

        Flux.fromStream(random.ints(STEPS, 0, mayEnd ? 8 : 4).boxed().toList().stream())
                .flatMap(step -> delayed(random, step(step, random.nextBoolean() ? here : there, id)), STEPS)
                .blockLast(Duration.ofSeconds(10));

        if (ended.get()) {
            verifyGone(id);
        } else {
            assertThat(here.cache.find(id).block()).isNotNull();
            assertThat(there.cache.find(id).block()).isNotNull();
        }
    }

    private static Mono<?> delayed(Random random, Mono<?> step) {
        return Mono.delay(Duration.ofNanos(random.nextInt(3_000_000))).then(step);
    }

    private Mono<?> step(int step, SessionParts replica, SessionId id) {
        Identity who = TestSessions.alice();
        return switch (step) {
            case 0, 1 -> request(replica, id);
            case 2 -> touch(replica, id);
            case 3 -> refresh(replica, id);
            case 4 -> end(replica, id, replica.store.delete(id));
            case 5 -> end(replica, id, replica.ends.end(id.lookup()));
            case 6 -> end(replica, id, replica.ends.endUser(who.issuer(), who.subject()));
            default -> end(replica, id, replica.ends.endProviderSession(who.issuer(), String.valueOf(who.sid())));
        };
    }

    private static Mono<?> request(SessionParts replica, SessionId id) {
        return replica.cache.find(id);
    }

    private static Mono<?> touch(SessionParts replica, SessionId id) {
        return replica.cache
                .find(id)
                .doOnNext(session -> replica.touches.note(id, session.seenAt(CLOCK.instant())))
                .then(replica.touches.flush());
    }

    private static Mono<?> refresh(SessionParts replica, SessionId id) {
        return replica.store.change(id, newest -> newest.with(TestSessions.tokens("next")));
    }

    /** From the moment it has ended, whoever asks the same replica is refused. */
    private Mono<?> end(SessionParts replica, SessionId id, Mono<?> ending) {
        return ending.doOnNext(done -> ended.set(true))
                .then(Mono.defer(() -> replica.cache.find(id)))
                .doOnNext(served -> {
                    throw new AssertionError("a session that has ended was served");
                });
    }

    private static void verifyGone(SessionId id) {
        await().atMost(Duration.ofSeconds(1))
                .until(() -> Stream.of(here, there)
                        .allMatch(replica -> replica.cache.find(id).block() == null));
        Flux.merge(here.touches.flush(), there.touches.flush()).blockLast();
        assertThat(here.store.find(id).block()).isNull();
        assertThat(REDIS.sessions()).isEmpty();
        assertThat(REDIS.keys()).noneMatch(key -> key.contains(":index:"));
        assertThat(List.of(here, there)).allMatch(replica -> replica.recent.contains(id.lookup()));
    }
}
