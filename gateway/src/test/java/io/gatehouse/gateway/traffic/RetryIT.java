package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.FlakyUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are sent once more, and those that are not. */
class RetryIT {

    private static final String BUSY =
            "HTTP/1.1 503 Service Unavailable\r\nX-Busy: yes\r\nContent-Length: 4\r\n\r\nbusy";

    private static int tests;

    @RegisterExtension
    static final FlakyUpstream UPSTREAM = new FlakyUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[0].retry.attempts",
            "2",
            "gatehouse.routes[0].retry.statuses",
            "502,503",
            "gatehouse.routes[2].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[2].retry.attempts",
            "2",
            "gatehouse.routes[3].upstream",
            UPSTREAM.url()));

    private final Browser browser = new Browser();

    /** What other tests have spent of the budget is forgotten. */
    @BeforeEach
    void letTimePass() {
        STAGE.advance(Duration.ofMinutes(++tests));
    }

    @Test
    void browserSeesNothingOfAConnectionThatBroke() {
        UPSTREAM.fail(2);

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(UPSTREAM.received()).hasSize(3);
    }

    @Test
    void attemptsHaveAnEnd() {
        UPSTREAM.fail(3);

        assertThat(get().status()).isEqualTo(502);
        assertThat(UPSTREAM.received()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"PUT, {\"a\":1}, 200, 2", "DELETE, '', 200, 2", "POST, {\"a\":1}, 502, 1", "POST, '', 502, 1"})
    void onlyWhatMayBeDoneTwiceIsSentTwice(String method, String body, int status, int times) {
        UPSTREAM.fail(1);

        assertThat(send(method, body).status()).isEqualTo(status);

        assertThat(UPSTREAM.received()).isEqualTo(Collections.nCopies(times, method + " " + body));
    }

    @Test
    void bodyThatIsLongIsNotKept() {
        UPSTREAM.fail(1);

        assertThat(send("PUT", "x".repeat(64 * 1024 + 1)).status()).isEqualTo(502);
        assertThat(UPSTREAM.received()).hasSize(1);
    }

    @Test
    void statusThatTheRouteNamesIsNotSeen() {
        UPSTREAM.answer(1, BUSY);

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.header("X-Busy")).isEmpty();
    }

    @Test
    void lastAnswerIsSeenHoweverItIs() {
        UPSTREAM.answer(3, BUSY);

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("busy");
        assertThat(answer.headers().allValues("X-Busy")).containsExactly("yes");
        assertThat(UPSTREAM.received()).hasSize(3);
    }

    @Test
    void anyOtherAnswerIsSeenAtOnce() {
        UPSTREAM.answer(1, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");

        assertThat(get().status()).isEqualTo(500);
        assertThat(UPSTREAM.received()).hasSize(1);
    }

    @Test
    void routeThatSaysNothingSendsEverythingOnce() {
        UPSTREAM.fail(1);

        assertThat(browser.send("GET", STAGE.url("/"), "", Map.of()).status()).isEqualTo(502);
        assertThat(UPSTREAM.received()).hasSize(1);
    }

    /** A fifth of them, and three. */
    @Test
    void upstreamInTroubleIsNotAskedForEverMore() {
        UPSTREAM.fail(1000);

        for (int i = 0; i < 20; i++) {
            assertThat(get().status()).isEqualTo(502);
        }

        assertThat(UPSTREAM.received()).hasSize(20 + 4 + 3);
    }

    @Test
    void whatIsSentAgainWithAnotherTokenIsNotMultiplied() {
        STAGE.signInAsAlice(browser);
        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
        STAGE.advance(Duration.ofSeconds(10));
        UPSTREAM.answer(
                1,
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"
                        + "Content-Length: 0\r\n\r\n");
        UPSTREAM.fail(1);

        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(502);

        assertThat(UPSTREAM.received()).hasSize(3);
    }

    private Answer get() {
        return send("GET", "");
    }

    private Answer send(String method, String body) {
        return browser.send(method, STAGE.url("/public/x"), body, Map.of());
    }
}
