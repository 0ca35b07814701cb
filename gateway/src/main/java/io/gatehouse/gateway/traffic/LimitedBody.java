package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request whose body fails, rather than ends, where it becomes larger than it may be. */
final class LimitedBody extends ServerHttpRequestDecorator {

    private final long maxBytes;
    private final Sinks.Empty<Void> excess = Sinks.empty();

    LimitedBody(ServerHttpRequest request, long maxBytes) {
        super(request);
        this.maxBytes = maxBytes;
    }

    static GatewayException refusal() {
        return GatewayException.of(ProblemType.CONTENT_TOO_LARGE, "more than max-body");
    }

    /** Whether it says so itself. */
    boolean isTooLarge() {
        return getHeaders().getContentLength() > maxBytes;
    }

    /** Completes when it turns out to be: nobody who reads an answer hears of what becomes of the request. */
    Mono<Void> excess() {
        return excess.asMono();
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> counted(new AtomicLong()));
    }

    private Flux<DataBuffer> counted(AtomicLong received) {
        return super.getBody().doOnNext(part -> requireFit(part, received.addAndGet(part.readableByteCount())));
    }

    private void requireFit(DataBuffer part, long received) {
        if (received > maxBytes) {
            DataBufferUtils.release(part);
            excess.tryEmitEmpty();
            throw refusal();
        }
    }
}
