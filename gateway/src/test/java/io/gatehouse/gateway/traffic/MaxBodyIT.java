package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.HungryUpstream;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies that are larger than a route takes. */
class MaxBodyIT {

    private static final int MAX = 1000;

    @RegisterExtension
    static final HungryUpstream HUNGRY = new HungryUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream",
            HUNGRY.url(),
            "gatehouse.routes[0].max-body",
            MAX + "B",
            "gatehouse.routes[3].path",
            "/echo/**",
            "gatehouse.routes[3].max-body",
            MAX + "B"));

    @Test
    void bodyThatSaysItIsTooLargeIsRefusedBeforeItIsSent() {
        String answer = RawClient.send(
                STAGE.url(""),
                "POST /public/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (MAX + 1) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("content-too-large");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
        assertThat(HUNGRY.isUntouched()).isTrue();
    }

    @Test
    void bodyThatTurnsOutTooLargeNeverLooksCompleteToTheUpstream() throws Exception {
        String answer = RawClient.send(STAGE.url(""), chunked("/public/x", MAX + 1));

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("content-too-large");
        assertThat(HUNGRY.next()).startsWith("POST /public/x").doesNotContain("\r\n0\r\n");
    }

    /** The answer is over as well: what it says is about a request that has not been taken. */
    @Test
    void bodyThatTurnsOutTooLargeBehindTheBeginningOfItsAnswerBreaksItOff() throws Exception {
        HUNGRY.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");

        try (Socket socket = RawClient.open(
                STAGE.url(""),
                "POST /public/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")) {
            assertThat(until("begun", socket)).startsWith("HTTP/1.1 200 ");
            String rest = Integer.toHexString(MAX) + "\r\n" + "x".repeat(MAX) + "\r\n0\r\n\r\n";
            socket.getOutputStream().write(rest.getBytes(StandardCharsets.US_ASCII));
            assertThat(isEnding(socket)).isTrue();
        }
        assertThat(HUNGRY.next()).doesNotContain("\r\n0\r\n");
    }

    @Test
    void bodyThatFitsArrives() {
        var answer = new Browser().send("POST", STAGE.url("/echo/x"), "x".repeat(MAX), Map.of());
        String chunked = RawClient.send(STAGE.url(""), chunked("/echo/x", MAX));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(chunked).startsWith("HTTP/1.1 200 ");
        assertThat(STAGE.upstream().received())
                .extracting(Received::body)
                .containsOnly("x".repeat(MAX))
                .hasSize(2);
    }

    @Test
    void routeWithoutALimitTakesAnyBody() {
        var answer = new Browser().send("POST", STAGE.url("/optional/x"), "x".repeat(100 * MAX), Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(STAGE.upstream().single().body()).hasSize(100 * MAX);
    }

    private static String chunked(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "1\r\nx\r\n" + Integer.toHexString(length - 1) + "\r\n" + "x".repeat(length - 1) + "\r\n0\r\n\r\n";
    }

    private static String until(String end, Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("ended after %s", read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    private static boolean isEnding(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length < 95;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
