package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.HungryUpstream;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upload that ends before its time never looks complete to the upstream, also if that has begun to answer. */
class InterruptedUploadIT {

    private static final String LAST_CHUNK = "\r\n0\r\n";

    @RegisterExtension
    static final HungryUpstream UPSTREAM = new HungryUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(
            Map.of("gatehouse.routes[1].upstream", UPSTREAM.url(), "gatehouse.routes[1].relay.token", "none"));

    private final Browser browser = new Browser();

    @Test
    void byTheEndOfItsSession() throws Exception {
        STAGE.signInAsAlice(browser);
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");

        try (Socket upload = begin("Cookie: gatehouse=" + browser.cookies().get("gatehouse") + "\r\n")) {
            await("begun", upload);
            browser.fetch("POST", STAGE.url("/auth/sign-out"));
            assertThat(UPSTREAM.next()).contains("\r\n1\r\nx\r\n").doesNotContain(LAST_CHUNK);
        }
    }

    @Test
    void byItsSender() throws Exception {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");

        try (Socket upload = begin("")) {
            await("begun", upload);
        }

        assertThat(UPSTREAM.next()).contains("\r\n1\r\nx\r\n").doesNotContain(LAST_CHUNK);
    }

    private static Socket begin(String headers) throws IOException {
        return RawClient.open(
                STAGE.url(""),
                "POST /optional/x HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n" + headers
                        + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
    }

    private static void await(String end, Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("ended after %s", read).isNotNegative();
            read.append((char) next);
        }
    }
}
