package io.gatehouse.gateway.relay;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops what an upstream sends before its answer, such as 103 (RFC 9110, section 15.2): the client would take it for
 * the answer. Only a 101 that was asked for passes, to WebSocket; any other one breaks the connection.
 */
final class InterimResponses extends ChannelDuplexHandler {

    static final String NAME = "gatehouse.interim-responses";

    private boolean upgrading;
    private boolean dropping;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            upgrading = request.headers().contains(HttpHeaderNames.UPGRADE);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpResponse response) {
            boolean switching = HttpResponseStatus.SWITCHING_PROTOCOLS.equals(response.status());
            if (switching && !(upgrading && isWebSocket(response))) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(new DecoderException("the upstream switched protocols unasked"));
                context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
                return;
            }
            dropping = !switching && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (!dropping) {
            super.channelRead(context, message);
            return;
        }
        drop(context, message);
    }

    private static boolean isWebSocket(HttpResponse response) {
        return response.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
    }

    private void drop(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
            dropping = false;
            // Whoever waits has asked for one message and got none of these.
            context.read();
        }
        ReferenceCountUtil.release(message);
    }
}
