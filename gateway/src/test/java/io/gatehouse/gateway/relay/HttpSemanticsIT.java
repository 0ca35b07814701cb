package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ErrorLog;
import io.gatehouse.gateway.fixture.FramedUpstream;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP says of a message is still true of it behind the gateway. */
class HttpSemanticsIT {

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final FramedUpstream READING = new FramedUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(
            Map.of("gatehouse.routes[0].upstream", UPSTREAM.url(), "gatehouse.routes[3].upstream", READING.url()));

    @RegisterExtension
    final ErrorLog log = new ErrorLog();

    @Test
    void answerToHeadKeepsItsLengthAndHasNoBody() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n");

        String answer = send("HEAD", "");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-length: 42\r\n");
    }

    @Test
    void partIsAskedForAndPassedOn() {
        UPSTREAM.answer("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nok");

        assertThat(send("GET", "Range: bytes=0-1\r\nIf-Range: \"a\"\r\n"))
                .startsWith("HTTP/1.1 206")
                .contains("Content-Range: bytes 0-1/9")
                .endsWith("\r\n\r\nok");
        assertThat(UPSTREAM.next()).contains("Range: bytes=0-1", "If-Range: \"a\"");
    }

    @Test
    void partThatIsNotThereIsRefusedByTheUpstream() {
        UPSTREAM.answer("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */9\r\nContent-Length: 0\r\n\r\n");

        assertThat(send("GET", "Range: bytes=99-\r\n"))
                .startsWith("HTTP/1.1 416")
                .contains("Content-Range: bytes */9");
    }

    @Test
    void answerInChunksStaysOneAndEndsWhereTheUpstreamEndsIt() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3\r\nyes\r\n0\r\n\r\n");

        String answer = send("GET", "");

        assertThat(answer.toLowerCase(Locale.ROOT)).containsOnlyOnce("transfer-encoding: chunked");
        assertThat(answer).contains("ok", "yes").endsWith("0\r\n\r\n");
    }

    /** A browser, and every cache, would take it for the whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n5\r\nye",
                "Content-Length: 9\r\n\r\nok"
            })
    void answerThatIsCutOffIsNotTakenForAWholeOne(String rest) {
        UPSTREAM.answerAndClose("HTTP/1.1 200 OK\r\n" + rest);

        String answer = send("GET", "");

        boolean isRefused = answer.startsWith("HTTP/1.1 502");
        boolean isShort = answer.toLowerCase(Locale.ROOT).contains("content-length: 9\r\n");
        assertThat(isRefused || isShort || !answer.endsWith("0\r\n\r\n"))
                .as(answer)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "POST", "PUT", "PATCH"})
    void requestWithoutABodyIsNotGivenOneInChunks(String method) {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        assertThat(send(method, "")).startsWith("HTTP/1.1 200");

        assertThat(UPSTREAM.next().toLowerCase(Locale.ROOT))
                .startsWith(method.toLowerCase(Locale.ROOT) + " /public/x ")
                .doesNotContain("transfer-encoding")
                .containsOnlyOnce("content-length: 0\r\n");
    }

    @Test
    void senderThatWaitsToBeToldToContinueIsTold() throws IOException {
        try (Socket socket =
                RawClient.open(STAGE.url(""), request("POST", "/", "Expect: 100-continue\r\nContent-Length: 5\r\n"))) {
            InputStream in = socket.getInputStream();
            byte[] interim = in.readNBytes("HTTP/1.1 100 Continue".length());
            assertThat(new String(interim, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 100 Continue");

            socket.getOutputStream().write("hello".getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("HTTP/1.1 200")
                    .endsWith("ok");
        }
    }

    @Test
    void headThatIsTooLongIsRefusedAndItsConnectionClosed() {
        String host = " HTTP/1.1\r\nHost: localhost\r\n";

        assertThat(RawClient.send(STAGE.url(""), "GET /" + "x".repeat(16_500) + host + "\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(RawClient.send(STAGE.url(""), "GET /public/x" + host + "X: " + "x".repeat(34_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(UPSTREAM.isUntouched()).isTrue();
        assertThat(log.errors()).isEmpty();
    }

    private static String send(String method, String headers) {
        return RawClient.send(STAGE.url(""), request(method, "/public/x", headers));
    }

    private static String request(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
    }
}
