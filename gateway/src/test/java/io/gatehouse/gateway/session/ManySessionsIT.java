package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.TestSessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What many sessions take, in Redis and in a replica. */
class ManySessionsIT {

    private static final int SESSIONS = Scale.of(5_000, 100_000);
    private static final int CACHED = SESSIONS / 10;
    private static final int AT_ONCE = 64;
    private static final DataSize NOISE = DataSize.ofMegabytes(8);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts replica;

    @BeforeEach
    void startReplica() {
        replica = new SessionParts(REDIS.url(), clock);
        await().until(replica.tracking::isComplete);
    }

    @AfterEach
    void stopReplica() {
        replica.close();
    }

    @Test
    void sessionsTakeRoomInRedisAndNoMoreThanTheirShareOfTheHeap() {
        long redisBefore = usedMemory();
        List<SessionId> ids = IntStream.range(0, SESSIONS)
                .mapToObj(number -> SessionId.random(replica.random))
                .toList();
        Flux.fromIterable(ids).flatMap(this::begin, AT_ONCE).blockLast();
        long bytes = (usedMemory() - redisBefore) / SESSIONS;
        var small = cacheOf(CACHED);
        long empty = usedHeap();
        read(small, ids.subList(0, CACHED));
        long full = usedHeap();
        read(small, ids);
        read(small, ids);
        long later = usedHeap();

        System.out.printf(
                "%,d sessions of %,d bytes in Redis; %,d bytes of heap for each of %,d cached; afterwards %,d%n",
                SESSIONS, bytes, (full - empty) / CACHED, CACHED, (later - empty) / CACHED);
        assertThat(bytes).isLessThan(8_000);
        assertThat(later - full).isLessThan(NOISE.toBytes());
    }

    @Test
    void endedSessionsLeaveNothingThatStays() {
        Flux.range(0, SESSIONS)
                .flatMap(number -> Mono.defer(() -> beginAndEnd(SessionId.random(replica.random))), AT_ONCE)
                .blockLast();

        assertThat(REDIS.sessions()).isEmpty();
        Map<String, Long> kinds = REDIS.keys().stream()
                .collect(Collectors.groupingBy(key -> key.split(":", -1)[1], Collectors.counting()));
        assertThat(kinds).containsOnlyKeys("session");
        List<Long> lifetimes = REDIS.with(commands -> REDIS.keys().stream()
                .map(key -> commands.pttl(key.getBytes(StandardCharsets.UTF_8)))
                .toList());
        assertThat(lifetimes)
                .allMatch(left -> left > 0 && left <= Duration.ofHours(1).toMillis());
    }

    private Mono<Boolean> begin(SessionId id) {
        return replica.store.create(
                id,
                SessionRecord.begun(
                        clock.instant(), "Firefox", TestSessions.alice(), TestSessions.tokens("x".repeat(43))));
    }

    private Mono<Boolean> beginAndEnd(SessionId id) {
        return begin(id).then(replica.store.delete(id));
    }

    /** A cache that has room for about so many. */
    private NearCache cacheOf(int sessions) {
        long weight = replica.store.find(replica.begun()).block().weight();
        var properties = SessionParts.properties(
                SessionParts.KEYS,
                new CacheProperties(
                        DataSize.ofBytes(weight * sessions), Duration.ofSeconds(60), Duration.ofSeconds(60)));
        return new NearCache(replica.store, replica.tracking, properties, Duration.ofSeconds(5), clock);
    }

    private static void read(NearCache cache, List<SessionId> ids) {
        Flux.fromIterable(ids).flatMap(cache::find, AT_ONCE).blockLast();
    }

    private static long usedMemory() {
        String memory = REDIS.with(commands -> commands.info("memory"));
        return Long.parseLong(memory.replaceAll("(?s).*\\nused_memory:(\\d+).*", "$1"));
    }

    private static long usedHeap() {
        for (int time = 0; time < 3; time++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
