package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketSideTests {

    private static final byte[] HI = {(byte) 0x81, 2, 'h', 'i'};
    private static final byte[] CLOSE = {(byte) 0x88, 0};

    private final SocketSide ofBrowser = new SocketSide("end of browser".getBytes(StandardCharsets.UTF_8));
    private final SocketSide ofUpstream = new SocketSide("end of upstream".getBytes(StandardCharsets.UTF_8));
    private final EmbeddedChannel browser = new EmbeddedChannel(ofBrowser);
    private final EmbeddedChannel upstream = new EmbeddedChannel(ofUpstream);

    @BeforeEach
    void open() {
        ofBrowser.relayTo(ofUpstream);
        ofUpstream.relayTo(ofBrowser);
    }

    @Test
    void whatCameBeforeTheBrowserKnewIsNotLost() {
        SocketSide held = new SocketSide(new byte[0]);
        EmbeddedChannel early = new EmbeddedChannel(held);

        early.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT, Unpooled.copiedBuffer(HI), Unpooled.copiedBuffer(HI));
        assertThat(written(browser)).isEmpty();
        early.close();
        held.relayTo(ofBrowser);
        runTasks();

        assertThat(written(browser)).isEqualTo("\u0081\u0002hi\u0081\u0002hi");
        assertThat(browser.isActive()).isFalse();
    }

    @Test
    void nothingOfHttpPassesAnyMore() {
        ByteBuf late = Unpooled.copiedBuffer(HI);

        ChannelFuture written = browser.writeOneOutbound(late);

        assertThat(written.isSuccess()).isFalse();
        assertThat(late.refCnt()).isZero();
        assertThat(written(browser)).isEmpty();
    }

    @Test
    void peerThatDoesNotReadStopsTheOther() {
        browser.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
        browser.pipeline().addFirst(new Clogged());

        upstream.writeInbound(Unpooled.copiedBuffer(new byte[100]));
        runTasks();
        assertThat(upstream.config().isAutoRead()).isFalse();
        browser.pipeline().remove(Clogged.class);
        browser.flush();
        runTasks();

        assertThat(upstream.config().isAutoRead()).isTrue();
    }

    @Test
    void endComesBetweenFramesAndNothingComesAfterIt() {
        upstream.writeInbound(Unpooled.copiedBuffer(HI, 0, 3));
        ofBrowser.endBoth();
        runTasks();

        assertThat(written(upstream)).isEqualTo("end of browser");
        assertThat(written(browser)).isEqualTo("\u0081\u0002h");
        upstream.writeInbound(Unpooled.copiedBuffer("i\u0081\u0002oh", StandardCharsets.ISO_8859_1));
        upstream.writeInbound(Unpooled.copiedBuffer(HI));
        runTasks();

        assertThat(written(browser)).isEqualTo("iend of upstream");
    }

    @Test
    void peerMayAnswerTheEndBeforeItsConnectionIsClosed() {
        ofBrowser.endBoth();
        runTasks();
        assertThat(browser.isActive()).isTrue();

        browser.writeInbound(Unpooled.copiedBuffer(CLOSE));
        runTasks();

        assertThat(browser.isActive()).isFalse();
        assertThat(upstream.isActive()).isTrue();
    }

    @Test
    void peerThatDoesNotAnswerTheEndIsNotWaitedForForLong() {
        ofBrowser.endBoth();
        runTasks();

        pass(500);
        assertThat(browser.isActive()).isTrue();
        assertThat(upstream.isActive()).isTrue();
        pass(500);

        assertThat(browser.isActive()).isFalse();
        assertThat(upstream.isActive()).isFalse();
    }

    @Test
    void nobodyGetsASecondCloseFrame() {
        browser.writeInbound(Unpooled.copiedBuffer(CLOSE));
        assertThat(written(upstream)).isEqualTo("\u0088\u0000");

        ofBrowser.endBoth();
        runTasks();

        assertThat(written(upstream)).isEmpty();
        assertThat(written(browser)).isEqualTo("end of upstream");
    }

    @Test
    void peerThatDoesNotReadWhatTheOtherHasLeftIsNotWaitedForForEver() {
        browser.pipeline().addFirst(new Clogged());
        upstream.writeInbound(Unpooled.copiedBuffer(HI));

        upstream.close();
        runTasks();
        pass(29_000);
        assertThat(browser.isActive()).isTrue();
        pass(1000);

        assertThat(browser.isActive()).isFalse();
    }

    private void pass(long millis) {
        browser.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        upstream.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        browser.runScheduledPendingTasks();
        upstream.runScheduledPendingTasks();
    }

    private void runTasks() {
        for (int i = 0; i < 3; i++) {
            browser.runPendingTasks();
            upstream.runPendingTasks();
        }
    }

    private static String written(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return all.toString();
    }

    /** The connection of a peer that does not read. */
    private static final class Clogged extends ChannelOutboundHandlerAdapter {

        @Override
        public void flush(ChannelHandlerContext context) {
            // Nothing leaves.
        }
    }
}
