package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.route.GatewayRoute;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/** How an answer ends that must not be taken for complete. */
public final class BrokenOff {

    private static final Logger LOG = LoggerFactory.getLogger(BrokenOff.class);

    private BrokenOff() {}

    /**
     * Fails with the problem as long as the browser has got nothing. Afterwards {@linkplain #cut cuts} the connection,
     * and never completes.
     */
    static Mono<Void> answer(ServerWebExchange exchange, GatewayException problem) {
        if (!exchange.getResponse().isCommitted()) {
            return Mono.error(problem);
        }
        LOG.atWarn()
                .addKeyValue("problem", problem.type().slug())
                .addKeyValue("correlationId", CorrelationId.of(exchange))
                .addKeyValue("route", GatewayRoute.of(exchange).id())
                .addKeyValue("detail", problem.getMessage())
                .log("answer broken off");
        cut(exchange);
        return Mono.never();
    }

    /** Ends what is relayed in both directions, in a way that neither side can take for the end of a body. */
    public static void cut(ServerWebExchange exchange) {
        endRequest(exchange);
        HttpServerResponse begun = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        begun.withConnection(BrokenOff::reset);
    }

    /**
     * First, because what is left of an upload ends with the browser's connection, and the upstream would be told that
     * this is its end.
     */
    private static void endRequest(ServerWebExchange exchange) {
        Connection upstream = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (upstream != null) {
            upstream.channel().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    /** Without length and chunks (HTTP/1.0) an orderly end would be that of the answer. */
    private static void reset(Connection connection) {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        connection.dispose();
    }
}
