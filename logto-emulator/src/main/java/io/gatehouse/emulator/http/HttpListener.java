package io.gatehouse.emulator.http;

import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * One listening socket. It is bound before its handler is known, because what the handler says depends on the port that
 * was found; a request that comes in between waits.
 */
public final class HttpListener implements AutoCloseable {

    private static final int MAX_HEAD = 16 * 1024;

    private final CompletableFuture<Handler> handler = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Scheduler blocking = Schedulers.fromExecutorService(threads);
    private final LoopResources loops = LoopResources.create("emulator", 2, true);
    private final Duration keepAlive;
    private final DisposableServer server;

    /**
     * Binds.
     *
     * @param port 0 for any free one
     * @param keepAlive how long an idle connection stays open, announced in {@code Keep-Alive}
     * @throws PortTakenException if another process has the port
     */
    public HttpListener(String host, int port, Duration keepAlive) {
        this.keepAlive = keepAlive;
        try {
            this.server = HttpServer.create()
                    .host(host)
                    .port(port)
                    .runOn(loops)
                    .idleTimeout(keepAlive)
                    .httpRequestDecoder(it -> it.maxInitialLineLength(MAX_HEAD).maxHeaderSize(MAX_HEAD))
                    .handle(this::serve)
                    .bindNow();
        } catch (ChannelBindException taken) {
            loops.dispose();
            threads.shutdown();
            throw new PortTakenException(port, taken);
        }
    }

    public int port() {
        return server.port();
    }

    /** Starts answering. */
    public void serve(Handler answering) {
        handler.complete(answering);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
        loops.dispose();
        blocking.dispose();
        threads.shutdownNow();
    }

    private Publisher<Void> serve(HttpServerRequest incoming, HttpServerResponse outgoing) {
        return incoming.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .publishOn(blocking)
                .map(body -> handler.join().handle(read(incoming, body)))
                .flatMap(reply -> Mono.from(send(incoming, outgoing, reply)));
    }

    private static Request read(HttpServerRequest incoming, String body) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (String name : incoming.requestHeaders().names()) {
            headers.put(name, incoming.requestHeaders().getAll(name));
        }
        String[] target = incoming.uri().split("\\?", 2);
        Parameters query = target.length == 2 ? Parameters.parse(target[1]) : Parameters.NONE;
        var remote = incoming.remoteAddress();
        String address = remote == null ? "" : remote.getAddress().getHostAddress();
        return new Request(incoming.method().name(), target[0], query, headers, body, Map.of(), address);
    }

    private Publisher<Void> send(HttpServerRequest incoming, HttpServerResponse outgoing, Reply reply) {
        return switch (reply) {
            case ConnectionReset _ -> reset(outgoing);
            case Response response -> write(incoming, outgoing, response);
        };
    }

    /** With no time to linger the kernel answers a close with RST instead of FIN. */
    private static Publisher<Void> reset(HttpServerResponse outgoing) {
        return outgoing.withConnection(it -> {
                    it.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                    var _ = it.channel().close();
                })
                .neverComplete();
    }

    private Publisher<Void> write(HttpServerRequest incoming, HttpServerResponse outgoing, Response response) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        outgoing.status(response.status());
        response.headers().forEach(it -> outgoing.addHeader(it.name(), it.value()));
        outgoing.header("connection", "keep-alive");
        outgoing.header("keep-alive", "timeout=" + keepAlive.toSeconds());
        outgoing.header("content-length", Integer.toString(body.length));
        if (incoming.method().name().equals("HEAD") || body.length == 0) {
            return outgoing.send();
        }
        return outgoing.sendByteArray(Mono.just(body));
    }
}
