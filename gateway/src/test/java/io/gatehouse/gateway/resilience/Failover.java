package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.Traffic;
import io.gatehouse.gateway.fixture.Traffic.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What people notice when a server of Redis fails and another one takes over, whichever way that is arranged. */
record Failover(Replicas replicas, Runnable acknowledge, Runnable fail, Runnable awaitSuccessor) {

    /** Nobody who stays is signed out, nobody who has left is let in again, and nobody waits for long. */
    void verify() {
        List<String> staying = replicas.signIn(7);
        List<Browser> leaving =
                IntStream.range(0, 3).mapToObj(number -> new Browser()).toList();
        List<String> gone = leaving.stream().map(replicas::signIn).toList();
        acknowledge.run();
        warmUp();
        try (Traffic traffic = Traffic.start(100, replicas.urls("/books"), staying)) {
            leaving.forEach(this::signOut);
            fail.run();
            awaitSuccessor.run();
            verifyStayGone(gone);
            verifyUndisturbed(traffic.stop());
        }
        verifySignedIn(staying);
    }

    /** Code that runs for the first time, for many at once, would be taken for a Redis that is slow. */
    private void warmUp() {
        try (Traffic traffic = Traffic.start(60, replicas.urls("/books"), List.of("gatehouse=" + "A".repeat(43)))) {
            pause(Duration.ofSeconds(2));
            assertThat(traffic.stop()).allMatch(answer -> answer.status() == 302);
        }
    }

    private void signOut(Browser person) {
        String url = replicas.a().url() + "/auth/sign-out";
        assertThat(person.submit(url, Map.of()).status()).isEqualTo(303);
    }

    /** From the first moment at which the gateway reaches the successor. */
    private void verifyStayGone(List<String> gone) {
        try (Traffic traffic = Traffic.start(60, replicas.urls("/books"), gone)) {
            replicas.awaitReady();
            pause(Duration.ofSeconds(3));
            assertThat(traffic.stop())
                    .noneMatch(answer -> answer.status() == 200)
                    .anyMatch(answer -> answer.status() == 302);
        }
    }

    private static void verifyUndisturbed(List<Answer> answers) {
        assertThat(answers).noneMatch(answer -> answer.hasHeader("Set-Cookie") || answer.hasHeader("Location"));
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
        assertThat(Traffic.percentile(answers, 99)).isLessThan(Duration.ofSeconds(1));
    }

    private void verifySignedIn(List<String> people) {
        try (Traffic traffic = Traffic.start(100, replicas.urls("/books"), people)) {
            pause(Duration.ofSeconds(1));
            assertThat(traffic.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
