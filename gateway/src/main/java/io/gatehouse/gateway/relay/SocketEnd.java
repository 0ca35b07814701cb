package io.gatehouse.gateway.relay;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseNotifier;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the connection to a browser's WebSocket as if the browser had sent a close frame: so it gets one, the upstream
 * gets one, and everything that came before is relayed. From then on frames of either side are dropped.
 *
 * <p>The browser has a second to answer. Were the connection closed before it has taken our frame, it could see a
 * failure instead (RFC 6455, section 7.1.1); if it does not read at all, waiting longer would not help.
 */
final class SocketEnd extends ChannelDuplexHandler {

    /** From the range for private use (RFC 6455, section 7.4.2), after HTTP's 401. */
    static final int STATUS = 4401;

    static final String REASON = "session ended";

    private static final long PATIENCE_MILLIS = 1000;

    private boolean closing;
    private @Nullable Future<?> patience;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> closeNow(context), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        context.fireChannelRead(new CloseWebSocketFrame(STATUS, REASON));
        context.read();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (closing) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
            return;
        }
        closing = message instanceof CloseWebSocketFrame;
        super.write(context, message, promise);
    }

    /** Not yet. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        context.channel().closeFuture().addListener(new PromiseNotifier<>(promise));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof CloseWebSocketFrame) {
            closeNow(context);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.read();
    }

    private static void closeNow(ChannelHandlerContext context) {
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
