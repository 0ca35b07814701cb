package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.fixture.Ports;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** An upstream whose answers take long, and which remembers how its connections have ended. */
final class EndlessUpstream implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final int PIECE = 1000;

    private final int port = Ports.free();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private @Nullable DisposableServer server;

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The paths whose connections are closed; for a WebSocket with the status of the close frame that came. */
    List<String> ended() {
        return List.copyOf(ended);
    }

    /** The text frames that came. */
    BlockingQueue<String> frames() {
        return frames;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .route(routes -> routes.ws("/{access}/socket", this::echo)
                        .get("/{access}/events", this::events)
                        .get("/{access}/half-event", this::halfEvent)
                        .get("/{access}/download", this::download)
                        .get("/{access}/chunks", this::chunks)
                        .get("/{access}/delay/{millis}", this::delay)
                        .post("/{access}/upload", this::upload))
                .bindNow();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ended.clear();
        frames.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.disposeNow();
        }
    }

    private Publisher<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
        in.receiveCloseStatus().subscribe(status -> ended.add("socket " + status.code()));
        return out.sendString(in.receive().asString().doOnNext(frames::add));
    }

    private Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
        return noting(request, response)
                .sse()
                .sendString(Flux.interval(Duration.ofMillis(100))
                        .onBackpressureDrop()
                        .map("data: %d\n\n"::formatted));
    }

    private Publisher<Void> halfEvent(HttpServerRequest request, HttpServerResponse response) {
        Duration pause = Duration.ofMillis(700);
        return noting(request, response)
                .sse()
                .sendString(Flux.interval(pause)
                        .map(n -> n % 2 == 0 ? "data: half" : " whole\n\ndata: next")
                        .startWith("data: first\n\n"));
    }

    private Publisher<Void> download(HttpServerRequest request, HttpServerResponse response) {
        return noting(request, response)
                .header("Content-Length", Integer.toString(PIECE * 10_000))
                .send(pieces());
    }

    private Publisher<Void> chunks(HttpServerRequest request, HttpServerResponse response) {
        return noting(request, response).send(pieces());
    }

    private Publisher<Void> delay(HttpServerRequest request, HttpServerResponse response) {
        Duration delay = Duration.ofMillis(Long.parseLong(request.param("millis")));
        return noting(request, response).sendString(Mono.just("late").delayElement(delay));
    }

    private Publisher<Void> upload(HttpServerRequest request, HttpServerResponse response) {
        return noting(request, response)
                .sendString(request.receive().asByteArray().then(Mono.just("uploaded")));
    }

    private HttpServerResponse noting(HttpServerRequest request, HttpServerResponse response) {
        request.withConnection(it -> it.channel().closeFuture().addListener(closed -> ended.add("/" + request.path())));
        return response;
    }

    private static Flux<ByteBuf> pieces() {
        return Flux.interval(Duration.ofMillis(20))
                .onBackpressureDrop()
                .map(n -> Unpooled.wrappedBuffer(new byte[PIECE]));
    }
}
