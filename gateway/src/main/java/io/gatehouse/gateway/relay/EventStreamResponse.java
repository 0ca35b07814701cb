package io.gatehouse.gateway.relay;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * A response that completes with the session it is for, and says so, if it turns out to be an event stream. Every other
 * one passes untouched, and so does an event stream to which nothing can be added: of a given length, or encoded.
 */
final class EventStreamResponse extends ServerHttpResponseDecorator {

    private final Mono<Void> sessionEnd;
    private final EventStreamEnd end;

    EventStreamResponse(ServerHttpResponse response, Mono<Void> sessionEnd, EventStreamEnd end) {
        super(response);
        this.sessionEnd = sessionEnd;
        this.end = end;
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(isOpenEventStream() ? end.of(body, sessionEnd, bufferFactory()) : body);
    }

    private boolean isOpenEventStream() {
        HttpHeaders headers = getHeaders();
        return MediaType.TEXT_EVENT_STREAM.isCompatibleWith(headers.getContentType())
                && !headers.containsHeader(HttpHeaders.CONTENT_LENGTH)
                && !headers.containsHeader(HttpHeaders.CONTENT_ENCODING);
    }
}
