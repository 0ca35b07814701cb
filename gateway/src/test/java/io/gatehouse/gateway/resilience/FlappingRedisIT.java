package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.ErrorLog;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Traffic;
import io.gatehouse.gateway.fixture.Traffic.Answer;
import io.gatehouse.gateway.redis.Tracking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Redis goes and comes again and again, in every way and at any moment, while people are working and some of them sign
 * out. A run that fails is run again by its seed.
 *
 * <p>{@code max-stale} is 0, the value for those to whom a sign-out matters more than an outage. Otherwise a replica
 * that has not heard of it may go on for that long.
 */
class FlappingRedisIT {

    private static final int ROUNDS = Scale.of(12, 100);
    private static final int STAYING = 7;

    /** Together an odd number, so that everybody comes to both replicas. */
    private static final int LEAVING = Scale.of(4, 30);

    private static final int LONGEST_MILLIS = 800;

    /** Every connection is given up for its silence, and some that are made in its place. */
    private static final int SILENCE_MILLIS = 2_500;

    /** Of each replica one for commands, and one on which it hears of changes. */
    private static final int CONNECTIONS = 4;

    /** Code that runs for the first time would be taken for a Redis that is slow. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = RedisServer.durable();

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS = new Replicas(Map.of(
            "gatehouse.redis.url",
            REDIS.url(),
            "gatehouse.redis.timeout",
            "500ms",
            "gatehouse.session.cache.max-stale",
            "0s"));

    @RegisterExtension
    final ErrorLog log = new ErrorLog();

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Map<String, Duration> signedOut = new ConcurrentHashMap<>();
    private Duration back = Duration.ZERO;

    /** A way to go, and the way to come back from it. */
    private enum Fault {
        HANGS(REDIS::pause, REDIS::resume),
        DIES(REDIS::kill, REDIS::startAgain),
        HANGS_AND_DIES(REDIS::pause, FlappingRedisIT::replace),
        LOSES_CONNECTIONS(REDIS::cut, REDIS::cut),
        LOSES_TRACKING(REDIS::cutTracking, REDIS::cutTracking);

        private final Runnable begin;
        private final Runnable end;

        Fault(Runnable begin, Runnable end) {
            this.begin = begin;
            this.end = end;
        }

        void last(int millis) throws InterruptedException {
            begin.run();
            Thread.sleep(millis);
            end.run();
        }
    }

    @Test
    void nothingIsLostAndNothingIsLeftBehind() throws Exception {
        REPLICAS.awaitReady();
        List<String> staying = REPLICAS.signIn(STAYING);
        List<Browser> leaving =
                IntStream.range(0, LEAVING).mapToObj(number -> new Browser()).toList();
        List<String> all = new ArrayList<>(staying);
        leaving.forEach(person -> all.add(REPLICAS.signIn(person)));
        List<String> keys = REDIS.keys();

        List<Answer> answers = answersWhileFlapping(all, leaving);
        List<Answer> ofStaying = only(answers, staying::contains);

        verifyUndisturbed(ofStaying);
        verifyStayGone(only(answers, signedOut::containsKey));
        verifyRecovered(ofStaying);
        verifyNothingIsLeftBehind(keys);
        assertThat(log.errors()).as(seed()).isEmpty();
        assertThat(Traffic.percentile(ofStaying, 99)).as(seed()).isLessThan(Duration.ofSeconds(1));
    }

    private List<Answer> answersWhileFlapping(List<String> people, List<Browser> leaving) throws Exception {
        try (Traffic traffic = Traffic.start(40, REPLICAS.urls("/books"), people)) {
            Thread.sleep(WARM_UP);
            back = flap(traffic, leaving);
            Thread.sleep(RECOVERY.plusSeconds(1));
            traffic.stop();
            List<Answer> answers = traffic.between(WARM_UP, traffic.elapsed());
            System.out.println(summary(answers));
            return answers;
        }
    }

    /** When Redis has come back for the last time. */
    private Duration flap(Traffic traffic, List<Browser> leaving) throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            leaving.forEach(person -> {
                int when = random.nextInt(ROUNDS * LONGEST_MILLIS + SILENCE_MILLIS);
                String replica =
                        random.nextBoolean() ? REPLICAS.a().url() : REPLICAS.b().url();
                String cookie = "gatehouse=" + person.cookies().get("gatehouse");
                people.submit(() -> signedOut.put(cookie, signOut(person, when, replica, traffic)));
            });
            for (Fault fault : faults()) {
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                fault.last(random.nextInt(LONGEST_MILLIS));
            }
            REPLICAS.awaitReady();
            Thread.sleep(LONGEST_MILLIS);
            Fault.HANGS.last(SILENCE_MILLIS);
            return traffic.elapsed();
        }
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        while (faults.size() < ROUNDS) {
            faults.addAll(List.of(Fault.values()));
        }
        Collections.shuffle(faults, random);
        return faults.subList(0, ROUNDS);
    }

    /** When it was answered as done. */
    private static Duration signOut(Browser person, int when, String replica, Traffic traffic)
            throws InterruptedException {
        Thread.sleep(when);
        int status = 503;
        while (status == 503) {
            Thread.sleep(20);
            status = person.submit(replica + "/auth/sign-out", Map.of()).status();
        }
        // 200 is the question for whoever has no session, after an attempt whose outcome was not known.
        assertThat(status).isIn(303, 200);
        return traffic.elapsed();
    }

    private void verifyUndisturbed(List<Answer> answers) {
        assertThat(answers).as(seed()).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
        assertThat(answers).as(seed()).noneMatch(answer -> answer.hasHeader("Set-Cookie"));
        assertThat(answers).as(seed()).noneMatch(answer -> answer.hasHeader("Location"));
        assertThat(answers)
                .as(seed())
                .filteredOn(answer -> answer.status() == 503)
                .isNotEmpty()
                .allMatch(answer -> answer.hasHeader("Retry-After"));
    }

    private void verifyStayGone(List<Answer> answers) {
        assertThat(signedOut).as(seed()).hasSize(LEAVING);
        assertThat(answers)
                .as(seed())
                .filteredOn(answer -> answer.sentAfter().compareTo(signedOut.get(answer.cookie())) > 0)
                .noneMatch(answer -> answer.status() == 200)
                .anyMatch(answer -> answer.status() == 302);
    }

    private void verifyRecovered(List<Answer> answers) {
        assertThat(answers)
                .as(seed())
                .filteredOn(answer -> answer.sentAfter().compareTo(back.plus(RECOVERY)) > 0)
                .isNotEmpty()
                .allMatch(answer -> answer.status() == 200);
        assertThat(List.of(REPLICAS.a(), REPLICAS.b()))
                .as(seed())
                .allMatch(replica -> replica.bean(Tracking.class).isComplete());
    }

    /** Tombstones have the names of their sessions. */
    private void verifyNothingIsLeftBehind(List<String> keys) {
        await(seed()).atMost(RECOVERY).until(() -> REDIS.connections() == CONNECTIONS);
        assertThat(keys).as(seed()).containsAll(REDIS.keys());
        assertThat(REDIS.sessions()).as(seed()).hasSize(STAYING);
    }

    private static void replace() {
        REDIS.kill();
        REDIS.startAgain();
    }

    private static List<Answer> only(List<Answer> answers, Predicate<String> cookies) {
        return answers.stream().filter(answer -> cookies.test(answer.cookie())).toList();
    }

    private String seed() {
        return "-Dseed=" + seed;
    }

    private String summary(List<Answer> answers) {
        Map<Integer, Long> statuses =
                answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
        Duration recovered = answers.stream()
                .filter(answer -> answer.status() == 503)
                .map(answer -> answer.sentAfter().minus(back))
                .reduce(Duration.ZERO, (earlier, later) -> later);
        return "Redis flapped " + ROUNDS + " times (" + seed() + "): " + statuses + ", p50 "
                + Traffic.percentile(answers, 50) + ", p99 " + Traffic.percentile(answers, 99) + ", last 503 sent "
                + recovered + " after its return";
    }
}
