package io.gatehouse.gateway.relay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Completes event streams (HTML Standard, section 9.2) when a session ends, with a last event:
 *
 * <pre>
 * event: session-ended
 * data: {"signInUrl":"https://app.example/auth/sign-in"}
 * </pre>
 *
 * <p>An event that has begun is relayed to its end before that: half an event followed by a blank line would be taken
 * for a whole one.
 */
final class EventStreamEnd {

    private final byte[] lastEvent;

    EventStreamEnd(String signInUrl) {
        this.lastEvent = "event: session-ended\ndata: {\"signInUrl\":\"%s\"}\n\n"
                .formatted(signInUrl)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same body, flushed as often, with nothing held back. */
    Flux<Mono<DataBuffer>> of(
            Publisher<? extends Publisher<? extends DataBuffer>> body,
            Mono<Void> sessionEnd,
            DataBufferFactory buffers) {
        return Flux.defer(() -> new Stream(buffers).of(body, sessionEnd));
    }

    /** What happens to an event stream. */
    private sealed interface Step {}

    /**
     * Some bytes, which one of those who have the part gets: Reactor may deliver and discard it, and discard it twice.
     */
    private static final class Part implements Step {

        private final AtomicReference<@Nullable DataBuffer> bytes;

        Part(DataBuffer bytes) {
            this.bytes = new AtomicReference<>(bytes);
        }

        Optional<DataBuffer> take() {
            return Optional.ofNullable(bytes.getAndSet(null));
        }

        void release() {
            take().ifPresent(DataBufferUtils::release);
        }
    }

    private enum Over implements Step {
        BODY,
        SESSION
    }

    /** One event stream. */
    private final class Stream {

        private final DataBufferFactory buffers;
        private final EventBoundary boundary = new EventBoundary();
        private boolean bodyIsOver;
        private boolean sessionIsOver;

        Stream(DataBufferFactory buffers) {
            this.buffers = buffers;
        }

        /** One part at a time, so that a browser that does not read slows its upstream down. */
        Flux<Mono<DataBuffer>> of(Publisher<? extends Publisher<? extends DataBuffer>> body, Mono<Void> sessionEnd) {
            Flux<Step> parts = Flux.from(body).concatMap(Function.identity(), 0).map(Part::new);
            return Flux.merge(1, parts.concatWithValues(Over.BODY), sessionEnd.thenReturn(Over.SESSION))
                    .handle(this::take)
                    .concatWith(Mono.fromSupplier(this::lastEvent))
                    .doOnDiscard(Part.class, Part::release)
                    .map(Mono::just);
        }

        private void take(Step step, SynchronousSink<DataBuffer> out) {
            switch (step) {
                case Over.BODY -> bodyIsOver = true;
                case Over.SESSION -> sessionIsOver = true;
                case Part part -> part.take().map(this::read).ifPresent(out::next);
            }
            if (bodyIsOver || isTimeForLastEvent()) {
                out.complete();
            }
        }

        private DataBuffer read(DataBuffer bytes) {
            return sessionIsOver ? boundary.restOfEvent(bytes) : boundary.read(bytes);
        }

        private boolean isTimeForLastEvent() {
            return sessionIsOver && boundary.isBetweenEvents();
        }

        private @Nullable DataBuffer lastEvent() {
            return isTimeForLastEvent() ? buffers.wrap(lastEvent) : null;
        }
    }
}
