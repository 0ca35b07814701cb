package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** What has begun may be silent for longer than an upstream may take to begin. */
class QuietStreamIT {

    private static final Duration SILENCE = Duration.ofMillis(2500);
    private static final int PORT = Ports.free();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream", "http://127.0.0.1:" + PORT, "gatehouse.relay.first-byte-timeout", "1s"));

    private static DisposableServer upstream;

    @BeforeAll
    static void startUpstream() {
        upstream = HttpServer.create()
                .host("127.0.0.1")
                .port(PORT)
                .route(routes -> routes.get(
                                "/public/events",
                                (request, response) -> response.sse()
                                        .sendString(Flux.concat(
                                                Flux.just("data: one\n\n"),
                                                Flux.just("data: two\n\n").delaySequence(SILENCE))))
                        .ws(
                                "/public/socket",
                                (in, out) -> out.sendString(in.receive().asString())))
                .bindNow();
    }

    @AfterAll
    static void stopUpstream() {
        upstream.disposeNow();
    }

    @Test
    void eventStreamMayBeSilent() {
        assertThat(new Browser().open(STAGE.url("/public/events")).body()).isEqualTo("data: one\n\ndata: two\n\n");
    }

    @Test
    void webSocketMayBeSilent() throws Exception {
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(STAGE.url("/public/socket").replace("http:", "ws:")), receiving(echo))
                .get(10, TimeUnit.SECONDS);

        LockSupport.parkNanos(SILENCE.toNanos());
        socket.sendText("still here", true);

        assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("still here");
        socket.abort();
    }

    private static WebSocket.Listener receiving(CompletableFuture<String> text) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.complete(data.toString());
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                text.completeExceptionally(new IllegalStateException("closed with " + status));
                return null;
            }
        };
    }
}
