package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A response whose body may not pause for long. The connection to the browser is what is watched: whatever the upstream
 * sends passes there, and so does what is left of an upload, and a browser that takes nothing is seen as well.
 *
 * <p>Ends with {@link ProblemType#UPSTREAM_TIMEOUT}, {@linkplain BrokenOff however} much of it there is.
 */
final class WatchedResponse extends ServerHttpResponseDecorator {

    private static final String GRPC = "grpc";

    private final ServerWebExchange exchange;
    private final Duration longest;

    WatchedResponse(ServerWebExchange exchange, Duration longest) {
        super(exchange.getResponse());
        this.exchange = exchange;
        this.longest = longest;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return watched(super.writeWith(body));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return watched(super.writeAndFlushWith(body));
    }

    private Mono<Void> watched(Mono<Void> writing) {
        return mayBeSilent(getHeaders().getContentType())
                ? writing
                : Mono.firstWithSignal(writing, silence().then(Mono.defer(this::breakOff)));
    }

    /** Whether silence is part of what it says. */
    private static boolean mayBeSilent(@Nullable MediaType type) {
        return type != null
                && (MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type)
                        || type.getSubtype().startsWith(GRPC));
    }

    /** Completes when nothing has passed for too long. */
    private Mono<Void> silence() {
        return Mono.create(sink -> browser().withConnection(connection -> listen(connection, sink)));
    }

    private void listen(Connection connection, MonoSink<Void> sink) {
        connection.addHandlerLast(Silence.NAME, new Silence(longest, sink::success));
        // Last, so that it is done at once if the answer is complete by now.
        sink.onDispose(() -> connection.removeHandler(Silence.NAME));
    }

    private Mono<Void> breakOff() {
        return BrokenOff.answer(
                exchange, GatewayException.of(ProblemType.UPSTREAM_TIMEOUT, "nothing passed for " + longest));
    }

    private HttpServerResponse browser() {
        return getNativeResponse(getDelegate());
    }
}
