package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Traffic;
import io.gatehouse.gateway.fixture.Traffic.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis goes away while people are working, and comes back. */
class RedisOutageIT {

    private static final Duration OUTAGE = Scale.of(Duration.ofSeconds(12), Duration.ofSeconds(120));
    private static final Duration MAX_STALE = Scale.of(Duration.ofSeconds(3), Duration.ofSeconds(60));

    /** Until the last heartbeat that was answered is a heartbeat ago. */
    private static final Duration NOTICE = Duration.ofSeconds(3);

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS = new Replicas(Map.of(
            "gatehouse.redis.url",
            REDIS.url(),
            "gatehouse.redis.timeout",
            "500ms",
            "gatehouse.session.cache.max-stale",
            MAX_STALE.toSeconds() + "s"));

    private List<String> people = List.of();

    @BeforeEach
    void signPeopleIn() {
        REPLICAS.awaitReady();
        people = REPLICAS.signIn(10);
    }

    @Test
    void redisThatHangs() throws InterruptedException {
        verifyOutage(REDIS::pause, REDIS::resume);
    }

    @Test
    void redisThatIsGone() throws InterruptedException {
        try (Traffic traffic = start()) {
            Thread.sleep(2_000);
            REDIS.close();
            Duration from = traffic.elapsed();
            Thread.sleep(OUTAGE.toMillis());
            Duration to = traffic.elapsed();
            verifyDuring(traffic.between(from, to), from);
        } finally {
            REDIS.start();
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(REPLICAS::awaitReady);
        assertThat(REPLICAS.signIn(1)).hasSize(1);
    }

    private void verifyOutage(Runnable begin, Runnable end) throws InterruptedException {
        try (Traffic traffic = start()) {
            Thread.sleep(2_000);
            begin.run();
            Duration from = traffic.elapsed();
            Thread.sleep(OUTAGE.toMillis());
            end.run();
            Duration to = traffic.elapsed();
            Thread.sleep(7_000);
            traffic.stop();

            verifyDuring(traffic.between(from, to), from);
            assertThat(traffic.between(Duration.ZERO, from)).allMatch(answer -> answer.status() == 200);
            assertThat(traffic.between(to.plusSeconds(5), Duration.ofDays(1)))
                    .isNotEmpty()
                    .allMatch(answer -> answer.status() == 200);
        } finally {
            end.run();
        }
    }

    /** What was sent just before the end may have been answered after it. */
    private static void verifyDuring(List<Answer> all, Duration from) {
        List<Answer> answers = all.stream()
                .filter(answer -> answer.sentAfter().compareTo(from.plus(OUTAGE).minusSeconds(1)) < 0)
                .toList();
        System.out.printf(
                "%,d answers during %s: %,d with 200, %,d with 503; p99 %s%n",
                answers.size(), OUTAGE, count(answers, 200), count(answers, 503), Traffic.percentile(answers, 99));
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
        assertThat(answers).noneMatch(answer -> answer.hasHeader("Set-Cookie"));
        assertThat(answers).noneMatch(answer -> answer.hasHeader("Location"));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .isNotEmpty()
                .allMatch(answer -> answer.hasHeader("Retry-After"));
        assertThat(answers)
                .filteredOn(answer -> answer.sentAfter().compareTo(from.plus(MAX_STALE.minusSeconds(1))) < 0)
                .isNotEmpty()
                .allMatch(answer -> answer.status() == 200);
        assertThat(answers)
                .filteredOn(answer -> answer.sentAfter().compareTo(from.plus(MAX_STALE.plus(NOTICE))) > 0)
                .isNotEmpty()
                .allMatch(answer -> answer.status() == 503);
        assertThat(Traffic.percentile(answers, 99)).isLessThan(Duration.ofSeconds(1));
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private Traffic start() {
        return Traffic.start(100, REPLICAS.urls("/books"), people);
    }
}
