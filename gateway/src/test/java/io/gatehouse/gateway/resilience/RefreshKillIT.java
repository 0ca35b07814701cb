package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Replica;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Storm;
import io.gatehouse.gateway.fixture.Storm.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real jars: a replica is killed while it has the lease of a refresh, at an IdP that rotates the refresh token
 * every time, and ends the grant if it sees a rotated one after three seconds. Two others are asked for the same
 * meanwhile.
 */
class RefreshKillIT {

    private static final int EACH = 200;
    private static final Duration LIFETIME = Duration.ofSeconds(5);
    private static final Duration DUE = LIFETIME.dividedBy(2).plusMillis(200);
    private static final Duration EXPIRED = LIFETIME.plusMillis(200);

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    /** When it is killed. */
    private enum Moment {
        BEFORE_THE_CALL,
        DURING_THE_CALL,
        AFTER_THE_CALL,
        BEFORE_THE_RESULT_IS_STORED
    }

    private String cookie = "";

    /** With an expired token everything depends on the others; with a due one that is so in the full scale only. */
    private static Stream<Arguments> momentsAndTimes() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(EXPIRED, DUE)
                        .limit(moment == Moment.DURING_THE_CALL ? 2 : Scale.of(1, 2))
                        .map(passed -> Arguments.of(moment, passed)));
    }

    @ParameterizedTest
    @MethodSource("momentsAndTimes")
    void deathOfTheReplicaThatRefreshesCostsNobodyTheSession(Moment moment, Duration passed) {
        for (int i = 0; i < Scale.of(1, 5); i++) {
            signIn();
            try (Replica victim = deployment().startAnother().await()) {
                pause(passed);

                List<Answer> answers = killed(victim, moment);

                assertThat(Storm.statuses(answers)).isEqualTo(Map.of(200, 2L * EACH));
                assertThat(answers).noneMatch(Answer::isCookieChanged);
            }
            assertAtMostRepeatedOnce();
            assertStillSignedIn();
        }
    }

    private void signIn() {
        RUNNING.get().redis().clear();
        logto().reset();
        logto().rotateAlways();
        logto().accessTokensLive(LIFETIME);
        Browser browser = new Browser();
        cookie = deployment().signIn(browser);
        // Both know the IdP, as replicas do that have been there for a while.
        assertThat(browser.fetch("GET", deployment().a().url("/api/books")).status())
                .isEqualTo(200);
        logto().forgetCalls();
    }

    /** What the others answer while the victim is asked first and killed soon. */
    private List<Answer> killed(Replica victim, Moment moment) {
        logto().fault(fault(moment));
        Storm.begin(1, List.of(victim.url("/api/books")), cookie);
        pause(Duration.ofMillis(200));
        Storm others = Storm.begin(
                EACH,
                Stream.of(deployment().a(), deployment().b())
                        .map(it -> it.url("/api/books"))
                        .toList(),
                cookie);
        pause(Duration.ofMillis(100));
        boolean isStoring = moment == Moment.BEFORE_THE_RESULT_IS_STORED;
        if (isStoring) {
            deployment().redis().pause();
            pause(Duration.ofMillis(400));
        }
        victim.kill();
        if (isStoring) {
            deployment().redis().resume();
        }
        logto().clearFaults();
        return others.answers();
    }

    private static String fault(Moment moment) {
        return switch (moment) {
            case BEFORE_THE_CALL -> "{\"endpoint\":\"discovery\",\"kind\":\"latency\",\"delay\":\"3s\",\"count\":1}";
            case DURING_THE_CALL -> token("latency", "1s");
            case AFTER_THE_CALL -> token("latency-after", "2s");
            case BEFORE_THE_RESULT_IS_STORED -> token("latency", "450ms");
        };
    }

    private static String token(String kind, String delay) {
        return "{\"endpoint\":\"token\",\"kind\":\"" + kind + "\",\"delay\":\"" + delay + "\",\"count\":1}";
    }

    private static void assertAtMostRepeatedOnce() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !logto().refreshes().isEmpty());
        pause(Duration.ofSeconds(1));
        List<Instant> sent = logto().refreshes();
        assertThat(sent).hasSizeLessThanOrEqualTo(2);
        assertThat(Duration.between(sent.getFirst(), sent.getLast())).isLessThan(Duration.ofSeconds(3));
    }

    private void assertStillSignedIn() {
        pause(EXPIRED);
        List<Answer> answers = Storm.begin(EACH, List.of(deployment().a().url("/api/books")), cookie)
                .answers();
        assertThat(Storm.statuses(answers)).containsOnlyKeys(200);
        assertThat(deployment().redis().sessions()).hasSize(1);
        assertThat(logto().grants("alice")).isEqualTo(1);
    }

    private static Deployment deployment() {
        return RUNNING.get();
    }

    private static LogtoEmulator logto() {
        return RUNNING.get().logto();
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
