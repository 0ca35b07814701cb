package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RedisMonitor;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two replicas ask of Redis while people work. */
class RedisCommandsIT {

    private static final int REQUESTS = 10_000;
    private static final int PEOPLE = 10;
    private static final List<String> HEARTBEATS = List.of("PING", "CLIENT", "HELLO");

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final List<Browser> people =
            Stream.generate(Browser::new).limit(PEOPLE).toList();
    private TestGateway other;

    @BeforeEach
    void startOther() {
        other = STAGE.gateway().replica();
        other.start();
    }

    @AfterEach
    void stopOther() {
        other.stop();
    }

    /** Half of them come a minute later, when it is time to note that everybody is still there. */
    @Test
    void requestInSteadyStateAsksRedisNothing() throws InterruptedException {
        people.forEach(STAGE::signInAsAlice);
        work(2 * PEOPLE);
        letAMinutePass();
        work(2 * PEOPLE);
        // What this minute notes is written within a second.
        Thread.sleep(2_000);
        work(2 * PEOPLE);

        try (RedisMonitor monitor = RedisMonitor.of(STAGE.redis())) {
            work(REQUESTS / 2);
            letAMinutePass();
            work(REQUESTS / 2);

            await().until(() -> monitor.count("EVALSHA") >= PEOPLE);
            Map<String, Long> commands = commands(monitor);
            double each = commands.values().stream().mapToLong(Long::longValue).sum() / (double) REQUESTS;
            System.out.printf("%.4f commands for a request: %s%n", each, commands);
            assertThat(each).as("%s", commands).isLessThanOrEqualTo(0.02);
            assertThat(commands).doesNotContainKey("EVAL");
        }
    }

    private void letAMinutePass() {
        STAGE.advance(Duration.ofMinutes(1));
        other.clock().advance(Duration.ofMinutes(1));
    }

    private void work(int requests) {
        List<String> urls = List.of(STAGE.url("/books"), other.url() + "/books");
        for (int number = 0; number < requests; number++) {
            Browser person = people.get(number / 2 % PEOPLE);
            assertThat(person.open(urls.get(number % 2)).status()).isEqualTo(200);
        }
    }

    /** How often each came, but for those that come whether anybody works or not. */
    private static Map<String, Long> commands(RedisMonitor monitor) {
        Map<String, Long> commands = new TreeMap<>();
        monitor.commands().forEach((command, times) -> commands.merge(command.name(), times, Long::sum));
        commands.keySet().removeAll(HEARTBEATS);
        return commands;
    }
}
