package io.gatehouse.gateway.traffic;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request that remembers whether it was its sender who broke it off. */
final class SentByBrowser extends ServerHttpRequestDecorator {

    private volatile boolean brokenOff;

    SentByBrowser(ServerHttpRequest request) {
        super(request);
    }

    boolean isBrokenOff() {
        return brokenOff;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().doOnError(failure -> brokenOff = true);
    }
}
