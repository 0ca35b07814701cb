package io.gatehouse.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the two connections of an open WebSocket. What its peer sends goes out on the other one byte for byte, so that
 * everything about frames is between the browser and the upstream. Where a peer does not read, the other one is not
 * read from either; where one is gone, the other one gets what was on its way, and then the same end.
 *
 * <p>It stands where HTTP's codec stood, and lets nothing of HTTP through any more. Each side keeps to the thread of
 * its connection; the two may differ.
 */
final class SocketSide extends ChannelDuplexHandler {

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

    Channel channel() {
        return context().channel();
    }

    /** Has something done by the thread of this connection, after everything it was asked for before. */
    void execute(Runnable what) {
        context().executor().execute(what);
    }

    /** Writes the last of HTTP, for which the codec has still to be there. */
    void answer(HttpResponse head) {
        context().writeAndFlush(head).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** From now on nothing is held any more, and what was held is on its way. */
    void relayTo(SocketSide peer) {
        other = peer;
        input = Input.RELAYED;
        take(early);
        peer.context().flush();
        if (!channel().isActive()) {
            leave(peer);
        }
    }

    /** Lets both peers hear that the session has ended. */
    void endBoth() {
        end();
        other().execute(other()::end);
    }

    void close() {
        context().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
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
        if (other != null) {
            other.context().flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext writing) {
        if (other != null) {
            other.execute(other::readIfRead);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        if (other != null) {
            leave(other);
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
            case HELD -> hold(bytes);
            case RELAYED -> relay(frames.read(bytes));
            case ENDING -> {
                relay(bytes.readRetainedSlice(frames.restOfFrame(bytes)));
                endBetweenFrames();
                drop(bytes);
            }
            case DROPPED -> drop(bytes);
        }
    }

    /** A copy, so that nobody has to let go of it. It is not much: nothing is read that nobody asks for. */
    private void hold(ByteBuf bytes) {
        early.writeBytes(bytes);
        bytes.release();
    }

    private void relay(ByteBuf bytes) {
        other().write(bytes);
        readIfRead();
    }

    private void drop(ByteBuf bytes) {
        frames.read(bytes).release();
        if (input == Input.DROPPED && frames.isClosed()) {
            close();
        }
    }

    /** Reads on only while the other peer does. */
    private void readIfRead() {
        boolean reading = input == Input.DROPPED || other().channel().isWritable();
        channel().config().setAutoRead(reading);
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
        readIfRead();
    }

    private void leave(SocketSide peer) {
        boolean afterClose = frames.isClosed();
        peer.execute(() -> peer.beLeft(afterClose));
    }

    /** Nothing comes from the other peer any more; its last may have been a close frame, which this one may answer. */
    private void beLeft(boolean afterClose) {
        if (input != Input.RELAYED) {
            return;
        }
        input = Input.DROPPED;
        readIfRead();
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

    private SocketSide other() {
        return Objects.requireNonNull(other);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
