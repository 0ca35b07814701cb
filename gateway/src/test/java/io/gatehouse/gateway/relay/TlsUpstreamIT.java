package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TlsUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the protocol to the upstream is negotiated, which it is once browsers may use HTTP/2. */
class TlsUpstreamIT {

    @RegisterExtension
    static final TlsUpstream UPSTREAM = new TlsUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream",
            UPSTREAM.url(),
            "server.http2.enabled",
            "true",
            "spring.cloud.gateway.server.webflux.httpclient.ssl.use-insecure-trust-manager",
            "true"));

    private final Browser browser = new Browser();

    @Test
    void upstreamIsReachedOverTls() {
        for (String method : new String[] {"GET", "HEAD", "POST", "GET"}) {
            Answer answer = browser.send(method, STAGE.url("/public/x"), "", Map.of());

            assertThat(answer.status()).as(method).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "over TLS");
        }
    }

    @Test
    void webSocketIsRelayedOverTls() {
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/public/socket", "")) {
            assertThat(page.head()).startsWith("HTTP/1.1 101 ");
            for (int length : new int[] {0, 1, 1000, 60_000}) {
                Frame frame = new Frame(RawSocket.BINARY, new byte[length]);
                page.send(frame);
                assertThat(page.receive()).isEqualTo(frame);
            }
            page.send(Frame.close(1000, "bye"));
            assertThat(page.receive().first()).isEqualTo(RawSocket.CLOSE);
            assertThat(page.isOver()).isTrue();
        }
    }
}
