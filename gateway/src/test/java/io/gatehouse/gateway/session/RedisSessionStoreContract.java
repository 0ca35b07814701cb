package io.gatehouse.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a session store promises, whichever Redis it runs on. */
abstract class RedisSessionStoreContract {

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts replica;

    /** Where Redis listens. */
    abstract String redisUrl();

    @BeforeEach
    void connectToAnEmptyRedis() {
        replica = new SessionParts(redisUrl(), clock);
        replica.redis.run(RedisServerAsyncCommands::flushall).block();
    }

    @AfterEach
    void disconnect() {
        replica.close();
    }

    @Test
    void sessionIsFoundByItsIdOnEveryReplica() {
        SessionId id = replica.begun();

        try (SessionParts other = new SessionParts(redisUrl(), clock)) {
            StepVerifier.create(other.store.find(id))
                    .assertNext(found -> assertThat(found.identity()).isEqualTo(TestSessions.alice()))
                    .verifyComplete();
        }
    }

    @Test
    void unknownIdIsNoSession() {
        StepVerifier.create(replica.store.find(SessionId.random(replica.random)))
                .verifyComplete();
    }

    @Test
    void idIsNeverGivenToASecondSession() {
        SessionId id = replica.begun();

        StepVerifier.create(replica.store.create(id, replica.store.find(id).block()))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void changeIsAppliedOnlyToTheRevisionItIsBasedOn() {
        SessionId id = replica.begun();
        SessionRecord read = replica.store.find(id).block();

        SessionRecord first = read.with(read.tokens().rotated("first"));
        SessionRecord late = read.with(read.tokens().rotated("late"));

        StepVerifier.create(replica.store.replace(id, first)).expectNext(true).verifyComplete();
        StepVerifier.create(replica.store.replace(id, late)).expectNext(false).verifyComplete();
        assertThat(replica.store.find(id).block().tokens().refreshToken()).isEqualTo("first");
    }

    @Test
    void concurrentChangesAreAllApplied() {
        SessionId id = replica.begun();

        Flux.range(0, 8)
                .flatMap(number -> replica.store.change(
                        id, newest -> newest.with(newest.tokens().with("resource " + number, token()))))
                .blockLast();

        assertThat(replica.store.find(id).block().tokens().access()).hasSize(8);
    }

    /** Prevents the class of CVE-2023-20862. */
    @Test
    void s45NothingBringsBackASessionThatHasEnded() {
        SessionId id = replica.begun();
        SessionRecord read = replica.store.find(id).block();
        replica.store.delete(id).block();

        StepVerifier.create(replica.store.replace(id, read.with(read.tokens())))
                .expectNext(false)
                .verifyComplete();
        StepVerifier.create(replica.store.touch(id, read.seenAt(clock.instant())))
                .expectNext(false)
                .verifyComplete();
        StepVerifier.create(replica.store.change(id, newest -> newest.with(newest.tokens())))
                .verifyComplete();
        StepVerifier.create(replica.store.find(id)).verifyComplete();
    }

    @Test
    void touchMovesTheIdleDeadlineAndNothingElse() {
        SessionId id = replica.begun();
        clock.advance(Duration.ofMinutes(20));
        SessionRecord read = replica.store.find(id).block();

        replica.store.touch(id, read.seenAt(clock.instant())).block();
        clock.advance(Duration.ofMinutes(20));

        assertThat(replica.store.find(id).block().secrets()).isEqualTo(read.secrets());
        assertThat(replica.store.find(id).block().revision()).isEqualTo(read.revision());
    }

    @Test
    void touchThatWasOvertakenDoesNotUndoTheChange() {
        SessionId id = replica.begun();
        SessionRecord read = replica.store.find(id).block();
        replica.store
                .change(id, newest -> newest.with(newest.tokens().rotated("next")))
                .block();

        StepVerifier.create(replica.store.touch(id, read.seenAt(clock.instant())))
                .expectNext(false)
                .verifyComplete();
        assertThat(replica.store.find(id).block().tokens().refreshToken()).isEqualTo("next");
    }

    @Test
    void deadlinesAreKeptEvenIfRedisHasNotExpiredTheKeyYet() {
        SessionId idle = replica.begun();

        clock.advance(Duration.ofMinutes(30));

        StepVerifier.create(replica.store.find(idle)).verifyComplete();
    }

    @Test
    void redisForgetsTheSessionAnHourAfterItsDeadline() {
        replica.begun();

        Long ttl = replica.redis
                .run(commands -> commands.keys("test:session:*"))
                .flatMap(keys -> replica.redis.run(commands -> commands.pttl(keys.getFirst())))
                .block();

        assertThat(ttl)
                .isBetween(
                        Duration.ofMinutes(89).toMillis(),
                        Duration.ofMinutes(91).toMillis());
    }

    @Test
    void recordWhoseKeyIsNotOnTheRingIsLeftAloneAndNoSignOut() {
        SessionId id = replica.begun();

        try (SessionParts withOtherKeys = new SessionParts(redisUrl(), clock, TestKeys.entry("k2"))) {
            StepVerifier.create(withOtherKeys.store.find(id))
                    .verifyErrorMatches(failure -> isProblem(failure, ProblemType.SESSION_UNREADABLE));
        }
        assertThat(replica.store.find(id).block()).isNotNull();
    }

    @Test
    void s39RecordMovedToAnotherKeyCannotBeRead() {
        SessionId alice = replica.begun();
        SessionId eve = replica.begun();

        replica.redis
                .run(commands -> commands.hgetall("test:session:" + alice.lookup()))
                .flatMap(fields -> replica.redis.run(commands -> commands.hset("test:session:" + eve.lookup(), fields)))
                .block();

        StepVerifier.create(replica.store.find(eve))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.SESSION_UNREADABLE));
    }

    @Test
    void neitherNameNorContentOfTheKeysTellsAnything() {
        SessionId id = replica.begun();

        String everything = replica.redis
                .run(commands -> commands.keys("*"))
                .flatMapIterable(keys -> keys)
                .flatMap(key -> contents(key).map(value -> key + new String(value, UTF_8)))
                .reduce("", String::concat)
                .block();

        assertThat(everything)
                .contains("test:session:")
                .doesNotContain(id.value(), "alice", "Alice", "refresh", "Firefox");
    }

    @Test
    void markIsSetOnceInTheWholeCluster() {
        ClusterMarks marks = new ClusterMarks(replica.redis, "test");

        Long winners = Flux.fromStream(IntStream.range(0, 50).boxed())
                .flatMap(i -> marks.setOnce("state x", Duration.ofMinutes(1)))
                .filter(Boolean::booleanValue)
                .count()
                .block();

        assertThat(winners).isEqualTo(1);
    }

    private Flux<byte[]> contents(String key) {
        Mono<? extends Collection<byte[]>> values = key.contains(":index:")
                ? replica.redis.run(commands -> commands.zrange(key, 0, -1))
                : replica.redis.run(commands -> commands.hgetall(key)).map(Map::values);
        return values.flatMapIterable(all -> all);
    }

    private static AccessToken token() {
        return new AccessToken("a.b.c", Instant.EPOCH, Instant.MAX, List.of());
    }

    private static boolean isProblem(Throwable failure, ProblemType type) {
        return failure instanceof GatewayException named && named.type() == type;
    }
}
