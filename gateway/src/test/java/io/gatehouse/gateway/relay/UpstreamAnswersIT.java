package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream sends, well or badly formed, is never taken for the answer to something else. */
class UpstreamAnswersIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream",
            UPSTREAM.url(),
            "gatehouse.relay.first-byte-timeout",
            "1s",
            "spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/**].allowed-origins",
            "http://spa.localhost"));

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Browser browser = new Browser();

    @Test
    void interimResponseIsNotTheAnswer() {
        UPSTREAM.answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK);

        for (int i = 0; i < 3; i++) {
            Answer answer = get();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.header("Link")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Large: ",
                ""
            })
    void answerThatIsNoneIsABadGateway(String bytes) {
        UPSTREAM.answerAndClose(bytes.endsWith("Large: ") ? bytes + "x".repeat(40_000) + "\r\n\r\n" : bytes);

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream-unreachable");
    }

    @Test
    void nothingIsLeftOfAnAnswerThatBreaksOffBeforeItsBody() {
        UPSTREAM.answerAndClose(
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Encoding: gzip\r\nX-Upstream: yes\r\n\r\n");

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.header("X-Upstream")).isEmpty();
        assertThat(answer.body()).contains("upstream-unreachable");
    }

    @Test
    void problemCanBeReadWhereverAnAnswerCould() {
        UPSTREAM.answerAndClose("");

        Answer answer = browser.send(
                "GET", STAGE.url("/public/x"), "", Map.of("Origin", "http://spa.localhost", "Accept", "*/*"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("http://spa.localhost");
    }

    @Test
    void upstreamThatNeverAnswersIsAGatewayTimeout() {
        UPSTREAM.answer("");

        Answer answer = get();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("upstream-timeout");
    }

    @Test
    void answerThatHasBegunMayTakeItsTime() {
        UPSTREAM.answerSlowlyAndClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Duration.ofMillis(2500), "k");

        assertThat(get().body()).isEqualTo("ok");
    }

    @Test
    void answerMayBeginBeforeTheUploadIsOver() throws Exception {
        UPSTREAM.answerSlowlyAndClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Duration.ofMillis(2500), "k");
        HttpRequest upload = HttpRequest.newBuilder(URI.create(STAGE.url("/public/x")))
                .POST(HttpRequest.BodyPublishers.ofInputStream(UpstreamAnswersIT::slowBody))
                .build();

        HttpResponse<String> answer = HTTP.send(upload, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("ok");
    }

    private static InputStream slowBody() {
        return new ByteArrayInputStream(new byte[1000]) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                return super.read(into, from, Math.min(length, 100));
            }
        };
    }

    @Test
    void bodyAfterAHeadIsNotTheNextAnswer() {
        UPSTREAM.answer(
                "HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n" + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        int before = UPSTREAM.connections();

        Answer head = browser.send("HEAD", STAGE.url("/public/x"), "", Map.of());
        UPSTREAM.answer(OK);

        assertThat(head.status()).isEqualTo(200);
        assertThat(get().body()).isEqualTo("ok");
        assertThat(UPSTREAM.connections()).isGreaterThan(before);
    }

    @Test
    void upstreamCannotPlantOurCookies() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nSet-Cookie: gatehouse=" + "A".repeat(43)
                + "; Path=/\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 2\r\n\r\nok");

        assertThat(get().headers().allValues("Set-Cookie")).containsExactly("a=1; Path=/");
    }

    private Answer get() {
        return browser.send("GET", STAGE.url("/public/x"), "", Map.of());
    }
}
