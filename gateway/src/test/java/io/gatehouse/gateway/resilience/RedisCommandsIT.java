package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RedisMonitor;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.Scale;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people who are signed in cost Redis. */
class RedisCommandsIT {

    private static final int REQUESTS = Scale.of(10_000, 10_000);
    private static final List<String> HEARTBEATS = List.of("PING", "CLIENT", "HELLO");

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS = new Replicas(Map.of("gatehouse.redis.url", REDIS.url()));

    @Test
    void requestInSteadyStateAsksRedisNothing() {
        List<Browser> people =
                IntStream.range(0, 10).mapToObj(number -> new Browser()).toList();
        people.forEach(REPLICAS::signIn);
        people.forEach(person -> REPLICAS.urls("/books").forEach(person::open));

        try (RedisMonitor monitor = RedisMonitor.of(REDIS)) {
            for (int number = 0; number < REQUESTS; number++) {
                String url = REPLICAS.urls("/books").get(number % 2);
                assertThat(people.get(number / 2 % people.size()).open(url).status())
                        .isEqualTo(200);
            }

            long commands = monitor.commands().entrySet().stream()
                    .filter(command -> !HEARTBEATS.contains(command.getKey().name()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertThat(commands / (double) REQUESTS)
                    .as("%s", monitor.commands())
                    .isLessThanOrEqualTo(0.02);
        }
    }
}
