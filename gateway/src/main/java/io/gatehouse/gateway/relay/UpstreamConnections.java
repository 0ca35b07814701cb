package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.route.TimeoutRule;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Keeps one answer of an upstream from being taken for another one: where that could happen on a connection that is
 * used again, it is not used again. And waits for an answer only so long.
 */
final class UpstreamConnections implements HttpClientCustomizer {

    private static final String SILENCE = "gatehouse.silence";
    private static final AttributeKey<Boolean> ANSWERED = AttributeKey.valueOf(UpstreamConnections.class, "answered");

    private final Duration firstByteTimeout;

    UpstreamConnections(RelayProperties properties) {
        this.firstByteTimeout = properties.firstByteTimeout();
    }

    @Override
    public HttpClient customize(HttpClient client) {
        return client.doOnConnected(UpstreamConnections::dropInterimResponses)
                .doOnRequest(UpstreamConnections::begin)
                .doAfterRequest(this::awaitFirstByte)
                .doOnResponse(UpstreamConnections::noteAnswer);
    }

    private static void begin(HttpClientRequest request, Connection connection) {
        connection.channel().attr(ANSWERED).set(false);
        closeAfterHead(request, connection);
    }

    /** Counts only once the request is sent, which a large upload may take long for; an answer may come before that. */
    private void awaitFirstByte(HttpClientRequest request, Connection connection) {
        if (Boolean.FALSE.equals(connection.channel().attr(ANSWERED).get())) {
            long millis = firstByteTimeout(request).toMillis();
            connection.addHandlerFirst(SILENCE, new ReadTimeoutHandler(millis, TimeUnit.MILLISECONDS));
        }
    }

    /** That of the route, or else the one for all. */
    private Duration firstByteTimeout(HttpClientRequest request) {
        return TimeoutRule.in(request.currentContextView())
                .map(TimeoutRule::firstByte)
                .orElse(firstByteTimeout);
    }

    private static void noteAnswer(HttpClientResponse response, Connection connection) {
        connection.channel().attr(ANSWERED).set(true);
        connection.removeHandler(SILENCE);
        if (HttpResponseStatus.SWITCHING_PROTOCOLS.equals(response.status())) {
            SocketSides.hold(connection);
        }
    }

    /** Only now the protocol is known: with TLS it may have been negotiated. HTTP/2 needs none of this. */
    private static void dropInterimResponses(Connection connection) {
        ChannelPipeline pipeline = connection.channel().pipeline();
        if (pipeline.get(NettyPipeline.HttpCodec) != null && pipeline.get(InterimResponses.NAME) == null) {
            pipeline.addAfter(NettyPipeline.HttpCodec, InterimResponses.NAME, new InterimResponses());
        }
    }

    /** An upstream that sends a body after all would leave it on the connection. */
    private static void closeAfterHead(HttpClientRequest request, Connection connection) {
        if (HttpMethod.HEAD.equals(request.method())) {
            connection.markPersistent(false);
        }
    }
}
