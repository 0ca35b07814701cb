package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Scale;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the two ways cost in which Redis tells of changes: of the keys that a connection has read (the default), or of
 * all with a prefix (broadcast). It is the measurement behind the choice that {@link NearCache} rests on.
 */
class TrackingModesIT {

    private static final int SESSIONS = Scale.of(2_000, 100_000);
    private static final int ROUNDS = Scale.of(3, 2);
    private static final String VALUE = "x".repeat(1_500);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final RedisClient client = RedisClient.create();
    private StatefulRedisConnection<String, String> writer;

    @BeforeEach
    void connect() {
        writer = connection();
    }

    @AfterEach
    void disconnect() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void defaultModeTellsOnceOfAKeyAndBroadcastEachTime() {
        Replica usual = new Replica(TrackingArgs.Builder.enabled());
        Replica broadcast = new Replica(TrackingArgs.Builder.enabled().bcast().prefixes("session:"));
        writer.sync().set("session:0", "begun");
        usual.read(List.of("session:0"));
        long before = broadcast.told.get();

        writer.sync().set("session:0", "touched");
        await().until(() -> usual.told.get() == 1);
        writer.sync().del("session:0");

        await().until(() -> broadcast.told.get() == before + 2);
        assertThat(usual.told).hasValue(1);
    }

    /** Everybody's session is touched and then used by two replicas, as behind a balancer without affinity. */
    @Test
    void costs() {
        for (int replicas : List.of(2, 10)) {
            Cost usual = cost(replicas, TrackingArgs.Builder.enabled());
            Cost broadcast =
                    cost(replicas, TrackingArgs.Builder.enabled().bcast().prefixes("session:"));
            Cost none = cost(replicas, TrackingArgs.Builder.enabled(false));

            System.out.printf(
                    "%d replicas, %,d sessions; default %s, broadcast %s, no tracking %s%n",
                    replicas, SESSIONS, usual, broadcast, none);
            assertThat(usual.told()).isEqualTo(2);
            assertThat(broadcast.told()).isEqualTo(replicas);
            assertThat(broadcast.bytes()).isLessThan(usual.bytes() / 2);
        }
    }

    private Cost cost(int count, TrackingArgs mode) {
        REDIS.clear();
        List<String> keys = IntStream.range(0, SESSIONS)
                .mapToObj(number -> "session:%043d".formatted(number))
                .toList();
        write(keys);
        List<Replica> replicas =
                IntStream.range(0, count).mapToObj(each -> new Replica(mode)).toList();
        double memory = info("memory", "used_memory");
        use(keys, replicas);
        double bytes = info("memory", "used_memory") - memory;
        long told = told(replicas);
        double cpu = cpu();
        for (int round = 0; round < ROUNDS; round++) {
            write(keys);
            use(keys, replicas);
        }
        cpu = cpu() - cpu;
        long each = (told(replicas) - told) / ((long) SESSIONS * ROUNDS);
        replicas.forEach(Replica::leave);
        return new Cost(each, Math.max(0, bytes / SESSIONS), cpu * 1e6 / ((long) SESSIONS * ROUNDS));
    }

    /** One after the other, so that no two changes share a message. */
    private void write(List<String> keys) {
        keys.forEach(key -> writer.sync().set(key, VALUE));
    }

    private static void use(List<String> keys, List<Replica> replicas) {
        for (int number = 0; number < replicas.size(); number++) {
            int mine = number;
            replicas.get(number)
                    .read(IntStream.range(0, keys.size())
                            .filter(key -> key % replicas.size() == mine || (key + 1) % replicas.size() == mine)
                            .mapToObj(keys::get)
                            .toList());
        }
    }

    /** After an answer to each, behind which no push can still be on its way. */
    private static long told(List<Replica> replicas) {
        replicas.forEach(replica -> replica.connection.sync().ping());
        return replicas.stream().mapToLong(replica -> replica.told.get()).sum();
    }

    private double cpu() {
        return info("cpu", "used_cpu_user") + info("cpu", "used_cpu_sys");
    }

    private double info(String section, String name) {
        String text = writer.sync().info(section);
        return Double.parseDouble(text.replaceAll("(?s).*\\n" + name + ":([0-9.]+).*", "$1"));
    }

    private StatefulRedisConnection<String, String> connection() {
        return client.connect(StringCodec.UTF8, RedisURI.create("redis://127.0.0.1:" + REDIS.port()));
    }

    /**
     * @param told how many messages there are for one change
     * @param bytes what Redis keeps for one session, so that it can tell of it
     * @param micros CPU time of Redis for one change and the two readings after it
     */
    private record Cost(long told, double bytes, double micros) {

        @Override
        public String toString() {
            return "%d messages, %.1f us, %.0f bytes".formatted(told, micros, bytes);
        }
    }

    /** A connection that is told of changes. */
    private final class Replica {

        private final StatefulRedisConnection<String, String> connection = connection();
        private final AtomicLong told = new AtomicLong();

        Replica(TrackingArgs mode) {
            connection.addListener(
                    message -> told.addAndGet(message.getType().equals("invalidate") ? keys(message.getContent()) : 0));
            connection.sync().clientTracking(mode);
        }

        void read(List<String> keys) {
            connection.setAutoFlushCommands(false);
            List<RedisFuture<?>> answers = new ArrayList<>();
            for (String key : keys) {
                answers.add(connection.async().get(key));
            }
            connection.flushCommands();
            connection.setAutoFlushCommands(true);
            assertThat(LettuceFutures.awaitAll(60, TimeUnit.SECONDS, answers.toArray(RedisFuture[]::new)))
                    .isTrue();
        }

        void leave() {
            connection.close();
        }

        private static int keys(List<Object> message) {
            return message.get(1) instanceof List<?> several ? several.size() : 0;
        }
    }
}
