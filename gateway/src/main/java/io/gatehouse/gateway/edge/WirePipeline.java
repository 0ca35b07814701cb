package io.gatehouse.gateway.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * Puts what reads requests before Reactor Netty does behind the codec of every connection, whichever protocol it
 * speaks. With TLS that is known only after the handshake (RFC 7301); a change from HTTP/1.1 to HTTP/2 by prior
 * knowledge leaves these handlers where they are.
 */
final class WirePipeline implements NettyServerCustomizer {

    private static final String WAITING = "gatehouse.wire";

    private final RawTargets rawTargets = new RawTargets();

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> begin(channel.pipeline()));
    }

    private void begin(ChannelPipeline pipeline) {
        if (!extend(pipeline)) {
            pipeline.addLast(WAITING, new AfterHandshake());
        }
    }

    private boolean extend(ChannelPipeline pipeline) {
        ChannelHandlerContext http1 = pipeline.context(HttpServerCodec.class);
        ChannelHandlerContext codec = http1 == null ? pipeline.context(Http2FrameCodec.class) : http1;
        if (codec == null) {
            return false;
        }
        pipeline.addAfter(codec.name(), RawTargets.NAME, rawTargets);
        pipeline.addAfter(codec.name(), UnreadableMessages.NAME, new UnreadableMessages());
        return true;
    }

    private final class AfterHandshake extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent && extend(context.pipeline())) {
                context.pipeline().remove(this);
            }
            super.userEventTriggered(context, event);
        }
    }
}
