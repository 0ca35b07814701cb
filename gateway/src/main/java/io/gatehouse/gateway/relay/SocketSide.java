package io.gatehouse.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * One of the two connections of an open WebSocket. What its peer sends goes out on the other one byte for byte, so that
 * everything about frames is between the browser and the upstream. Where a peer does not read, the other one is not
 * read from either; where one is gone, the other one gets what was on its way, and then the same end.
 *
 * <p>It stands where HTTP's codec stood, and lets nothing of HTTP through any more. Each side keeps to the thread of
 * its connection; the two may differ.
 */
final class SocketSide extends ChannelDuplexHandler {

    private static final String NAME = "gatehouse.socket-side";

    /** Survives the connection: what was held has to reach the browser all the same. */
    private static final AttributeKey<SocketSide> HELD_SIDE = AttributeKey.valueOf(SocketSide.class, "held");

    /**
     * A peer that has got a close frame may answer. Were its connection closed before it has read the frame, it could
     * see a failure instead (RFC 6455, section 7.1.1); if it does not read at all, waiting longer would not help.
     */
    private static final long PATIENCE_MILLIS = 1000;

    /** How long a peer may take to read what the other one has left. */
    private static final long LAST_WRITES_MILLIS = 30_000;

    /** What becomes of what the peer sends. */
    private enum Input {
        HELD,
        RELAYED,
        /** Until the frame is whole that has begun. */
        ENDING,
        DROPPED
    }

    private final byte[] end;
    private final FrameBoundary frames = new FrameBoundary();
    private final ByteBuf early = Unpooled.buffer(0);
    private Input input = Input.HELD;
    private @Nullable ChannelHandlerContext context;
    private @Nullable SocketSide other;
    private @Nullable Future<?> patience;

    /** @param end the {@link SocketEnd} that the other peer gets, as this one would send it */
    SocketSide(byte[] end) {
        this.end = end;
    }

    /**
     * Takes over a connection whose upstream has just switched protocols, and holds what it sends until the browser
     * knows. To be called by the connection's own thread.
     */
    static void hold(Connection upstream) {
        // Otherwise the client would take the end of the connection for an answer that broke off.
        upstream.onDispose(upstream);
        SocketSide side = new SocketSide(SocketEnd.ofUpstream());
        upstream.channel().attr(HELD_SIDE).set(side);
        upstream.channel().pipeline().addAfter(InterimResponses.NAME, NAME, side);
    }

    /**
     * Answers a browser, and relays from then on.
     *
     * @param answer the head that tells the browser of the switch
     * @param upstream where the upstream's side is {@linkplain #hold held}
     * @param end what the upstream gets when the session ends, as the browser would send it
     */
    static void open(Channel browser, HttpResponse answer, Channel upstream, byte[] end) {
        SocketSide side = new SocketSide(end);
        SocketSide held = upstream.attr(HELD_SIDE).get();
        browser.eventLoop().execute(() -> side.takeOver(browser, answer, held));
    }

    /** Ends what was opened for a browser: both peers get a close frame once the frames are whole that have begun. */
    static void end(Channel browser) {
        browser.eventLoop().execute(() -> endIfOpen(browser.pipeline().get(SocketSide.class)));
    }

    private static void endIfOpen(@Nullable SocketSide side) {
        if (side != null) {
            side.end();
            side.tell(side.other()::end);
        }
    }

    private void takeOver(Channel browser, HttpResponse answer, SocketSide held) {
        other = held;
        ChannelHandlerContext codec = browser.pipeline().context(HttpServerCodec.class);
        if (codec == null) {
            // The browser is gone, and with it its handlers.
            tell(held::close);
            return;
        }
        input = Input.RELAYED;
        browser.pipeline().addAfter(codec.name(), NAME, this);
        context().writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        browser.pipeline().remove(codec.handler());
        tell(() -> held.join(this));
    }

    /** The browser knows: what it sends may come at any moment, and what was held may go. */
    private void join(SocketSide browser) {
        other = browser;
        input = Input.RELAYED;
        Channel channel = context().channel();
        ChannelHandler codec = channel.pipeline().get(HttpClientCodec.class);
        if (codec != null) {
            channel.pipeline().remove(codec);
        }
        take(early);
        browser.context().flush();
        if (!channel.isActive()) {
            tell(() -> browser.leave(frames.isClosed()));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (message instanceof ByteBuf bytes) {
            take(bytes);
        } else {
            // The end of the HTTP message.
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (input != Input.HELD) {
            other().context().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext writing) {
        if (input != Input.HELD) {
            tell(other()::readIfRelayed);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        if (input != Input.HELD) {
            boolean afterClose = frames.isClosed();
            tell(() -> other().leave(afterClose));
        }
        closed.fireChannelInactive();
    }

    /** Such as a reset. */
    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable failure) {
        close();
    }

    /** Nobody but the other side writes here. */
    @Override
    public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.setFailure(new ClosedChannelException());
    }

    private void take(ByteBuf bytes) {
        switch (input) {
            case HELD -> {
                early.writeBytes(bytes);
                bytes.release();
            }
            case RELAYED -> relay(frames.read(bytes));
            case ENDING -> {
                relay(bytes.readRetainedSlice(frames.restOfFrame(bytes)));
                endBetweenFrames();
                drop(bytes);
            }
            case DROPPED -> drop(bytes);
        }
    }

    private void relay(ByteBuf bytes) {
        other().write(bytes);
        readIfRelayed();
    }

    private void drop(ByteBuf bytes) {
        frames.read(bytes).release();
        if (input == Input.DROPPED && frames.isClosed()) {
            close();
        }
    }

    /** Reads on only while the other peer does. */
    private void readIfRelayed() {
        boolean reading = input == Input.DROPPED || other().context().channel().isWritable();
        context().channel().config().setAutoRead(reading);
    }

    private void end() {
        if (input == Input.RELAYED) {
            input = Input.ENDING;
            waitFor(PATIENCE_MILLIS);
            endBetweenFrames();
        }
    }

    private void endBetweenFrames() {
        if (!frames.isBetweenFrames()) {
            return;
        }
        input = Input.DROPPED;
        if (!frames.isClosed()) {
            other().write(Unpooled.wrappedBuffer(end));
            other().context().flush();
        }
        readIfRelayed();
    }

    /** The other peer is gone. */
    private void leave(boolean afterClose) {
        if (input != Input.RELAYED) {
            return;
        }
        input = Input.DROPPED;
        readIfRelayed();
        if (afterClose && !frames.isClosed()) {
            waitFor(PATIENCE_MILLIS);
        } else {
            waitFor(LAST_WRITES_MILLIS);
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void write(ByteBuf bytes) {
        context().write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void waitFor(long millis) {
        patience = context().executor().schedule(() -> close(), millis, TimeUnit.MILLISECONDS);
    }

    private void close() {
        context().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    /** Has something done by the thread of the other side, after everything this side has written there. */
    private void tell(Runnable what) {
        other().context().executor().execute(what);
    }

    private SocketSide other() {
        return Objects.requireNonNull(other);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
