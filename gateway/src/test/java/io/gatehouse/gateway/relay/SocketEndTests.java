package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketEndTests {

    private final EmbeddedChannel channel = new EmbeddedChannel(new SocketEnd());

    @Test
    void looksLikeACloseFrameOfTheBrowser() {
        CloseWebSocketFrame frame = channel.readInbound();

        assertThat(frame.statusCode()).isEqualTo(4401);
        assertThat(frame.reasonText()).isEqualTo("session ended");
        frame.release();
    }

    @Test
    void nothingIsRelayedAfterwards() {
        channel.releaseInbound();
        TextWebSocketFrame fromBrowser = new TextWebSocketFrame("late");
        TextWebSocketFrame fromUpstream = new TextWebSocketFrame("late");

        channel.writeInbound(fromBrowser);
        channel.writeOneOutbound(new CloseWebSocketFrame(4401, "session ended"));
        ChannelFuture written = channel.writeOneOutbound(fromUpstream);

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(fromBrowser.refCnt()).isZero();
        assertThat(written.isSuccess()).isFalse();
        assertThat(fromUpstream.refCnt()).isZero();
    }

    @Test
    void browserMayAnswerBeforeTheConnectionIsClosed() {
        ChannelFuture closed = channel.pipeline().close();

        assertThat(channel.isActive()).isTrue();
        channel.writeInbound(new CloseWebSocketFrame(4401, "session ended"));

        assertThat(channel.isActive()).isFalse();
        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void browserThatDoesNotAnswerIsNotWaitedForForLong() {
        channel.pipeline().close();

        channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();
        channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isActive()).isFalse();
    }
}
