package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.Scale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long the real jar goes on with a session that somebody has ended on another replica, over HTTP. */
class RevocationOverHttpIT {

    private static final int TRIALS = Scale.of(100, 1_000);

    /** Code that runs for the first time takes longer, and that is not what is measured. */
    private static final int WARM_UP = 5;

    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(2);
    private static final String KEY = "an ops key of 32 characters or more".replace(' ', '-');
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment(Map.of("GATEHOUSE_OPS_KEY", KEY));

    private final Browser operator = new Browser();

    @Test
    void sessionThatEndsOnOneReplicaIsRefusedByTheOtherAtOnce() {
        List<Duration> delays = Stream.generate(this::delayOfAnEnd)
                .skip(WARM_UP)
                .limit(TRIALS)
                .sorted()
                .toList();

        long none = delays.stream().filter(Duration::isZero).count();
        Duration median = delays.get(TRIALS / 2);
        Duration p99 = delays.get(TRIALS * 99 / 100 - 1);
        System.out.println("revocation delay over HTTP of " + TRIALS + " trials: none " + none + ", p50 " + median
                + ", p99 " + p99 + ", longest " + delays.getLast());
        assertThat(p99).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    /** From the answer of A to the first refusal by B; zero if B did not serve the session once more. */
    private Duration delayOfAnEnd() {
        Browser person = new Browser();
        RUNNING.get().signIn(person);
        String handle = handle(person);
        assertThat(open(person)).isEqualTo(200);

        end(handle);
        long ended = System.nanoTime();
        Duration delay = Duration.ZERO;
        int status = open(person);
        while (status == 200 && delay.compareTo(FAR_TOO_LONG) < 0) {
            status = open(person);
            delay = Duration.ofNanos(System.nanoTime() - ended);
        }

        assertThat(status).isIn(200, 401);
        return delay;
    }

    private static int open(Browser person) {
        return person.fetch("GET", RUNNING.get().b().url("/books")).status();
    }

    private static String handle(Browser person) {
        Answer sessions = person.fetch("GET", RUNNING.get().b().url("/auth/sessions"));
        return JSON.readTree(sessions.body())
                .path("sessions")
                .valueStream()
                .filter(session -> session.path("current").asBoolean())
                .map(session -> session.path("handle"))
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow();
    }

    private void end(String handle) {
        String url = RUNNING.get().a().ops() + "/sessions/" + handle;
        Answer answer = operator.send("DELETE", url, "", Map.of("Authorization", "Bearer " + KEY));
        assertThat(answer.status()).isEqualTo(204);
    }
}
