package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Stage;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;

/** What a script sees of a WebSocket. */
class WebSocketBrowserIT {

    private static final int PORT = Ports.free();

    private static final WebsocketServerSpec COMPRESSING =
            WebsocketServerSpec.builder().protocols("echo").compress(true).build();

    /** Sends a long text, closes when it is back, and tells everything that happened. */
    private static final String SCRIPT = """
        path => new Promise(done => {
          const text = 'time and again '.repeat(20000);
          const socket = new WebSocket(path, ['chat', 'echo']);
          const seen = [];
          socket.onopen = () => {
            seen.push('open', socket.protocol, socket.extensions);
            socket.send(text);
          };
          socket.onmessage = event => {
            seen.push(event.data === text);
            socket.close(3000, 'enough');
          };
          socket.onclose = event => done([...seen, event.code, event.reason, event.wasClean].join());
        })
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[0].upstream", "http://127.0.0.1:" + PORT));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static DisposableServer upstream;

    private Page page;

    @BeforeAll
    static void startUpstream() {
        upstream = HttpServer.create()
                .host("127.0.0.1")
                .port(PORT)
                .route(routes -> routes.ws(
                                "/public/socket",
                                (in, out) -> out.sendObject(in.receiveFrames().map(WebSocketFrame::retain)),
                                COMPRESSING)
                        .get(
                                "/public/refused",
                                (request, response) -> response.status(403).sendString(Mono.just("no")))
                        .get(
                                "/public/page",
                                (request, response) -> response.header("Content-Type", "text/html")
                                        .sendString(Mono.just("<title>page</title>"))))
                .bindNow();
    }

    @AfterAll
    static void stopUpstream() {
        upstream.disposeNow();
    }

    @BeforeEach
    void open() {
        page = CHROMIUM.tab();
        page.navigate(STAGE.url("/public/page"));
    }

    @Test
    void compressionSubProtocolAndCloseAreTheUpstreams() {
        assertThat(page.evaluate(SCRIPT, "/public/socket"))
                .asString()
                .startsWith("open,echo,permessage-deflate")
                .endsWith(",true,3000,enough,true");
    }

    @Test
    void socketThatTheUpstreamRefusesNeverOpens() {
        assertThat(page.evaluate(SCRIPT, "/public/refused")).isEqualTo("1006,,false");
    }
}
