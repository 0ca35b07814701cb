package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.FullListener;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route does with an upstream that takes its time. */
class TimeoutsIT {

    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no";
    private static final Duration TOO_LONG = Duration.ofMillis(2500);

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final FullListener UNREACHABLE = new FullListener();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream", UPSTREAM.url(),
            "gatehouse.routes[0].timeouts.first-byte", "1s",
            "gatehouse.routes[0].timeouts.idle", "1s",
            "gatehouse.routes[3].upstream", UNREACHABLE.url(),
            "gatehouse.routes[3].timeouts.connect", "300ms"));

    private final Browser browser = new Browser();

    @Test
    void connectionThatIsNotAcceptedInTimeIsAGatewayTimeout() {
        Answer answer = browser.send("GET", STAGE.url("/"), "", Map.of());

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("upstream-timeout");
    }

    @Test
    void silentUpstreamIsAGatewayTimeoutAsSoonAsTheRouteSays() {
        UPSTREAM.answer("");

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("upstream-timeout");
    }

    @Test
    void answerThatStopsBehindItsHeadIsAGatewayTimeout() {
        UPSTREAM.answerSlowlyAndClose(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Upstream: yes\r\n\r\n", TOO_LONG, "ok");

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.header("X-Upstream")).isEmpty();
        assertThat(answer.body()).contains("upstream-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void answerThatPausesIsBrokenOffAndNotCompleted(String version) {
        UPSTREAM.answerSlowlyAndClose("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\no", TOO_LONG, "k");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> RawClient.send(
                        STAGE.url(""), "GET /public/x " + version + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .withMessageContaining("reset");
    }

    @Test
    void answerThatHastensSlowlyArrives() {
        UPSTREAM.answerSlowlyAndClose(HALF, Duration.ofMillis(600), "k");

        assertThat(get().body()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/event-stream;charset=UTF-8", "application/grpc+proto"})
    void streamOfEventsMayPause(String type) {
        UPSTREAM.answerSlowlyAndClose(
                HALF.replace("\r\n\r\n", "\r\nContent-Type: " + type + "\r\n\r\n"), TOO_LONG, "k");

        assertThat(get().body()).isEqualTo("ok");
    }

    /** Prevents a limit that outlives the answer it was for. */
    @Test
    void connectionThatIsKeptMayBeSilentBetweenTwoRequests() throws Exception {
        UPSTREAM.answer(HALF + "k");
        String request = "GET /public/x HTTP/1.1\r\nHost: localhost\r\n\r\n";

        try (Socket kept = RawClient.open(STAGE.url(""), request)) {
            assertThat(answer(kept.getInputStream())).endsWith("\r\n\r\nok");
            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
            kept.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(kept.getInputStream())).endsWith("\r\n\r\nok");
        }
    }

    private static String answer(InputStream in) throws Exception {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\nok") < 0) {
            int next = in.read();
            assertThat(next).as("the connection has ended after %s", answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private Answer get() {
        return browser.send("GET", STAGE.url("/public/x"), "", Map.of());
    }
}
