package io.gatehouse.gateway.traffic;

import java.io.IOException;
import java.net.ConnectException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/**
 * A request that knows whether anything of it has been sent. Whoever sends it asks for its body once there is a
 * connection, with TLS if there is to be any, and not before.
 */
final class UnsentRequest extends ServerHttpRequestDecorator {

    private final Runnable connected;
    private volatile boolean begun;

    /** @param connected what happens when there is a connection */
    UnsentRequest(ServerHttpRequest request, Runnable connected) {
        super(request);
        this.connected = connected;
    }

    /**
     * Whether a failure came before anything was sent, so that the request can go elsewhere whatever its method is. The
     * client connects a second time only where a kept connection turned out to be closed before it could be used.
     */
    boolean isUnsent(Throwable failure) {
        return failure instanceof ConnectException || (failure instanceof IOException && !begun);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        begun = true;
        connected.run();
        return super.getBody();
    }
}
