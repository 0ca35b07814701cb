package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameBoundaryTests {

    private final FrameBoundary frames = new FrameBoundary();

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, false",
        "125, true",
        "126, false",
        "126, true",
        "65535, true",
        "65536, false",
        "65536, true"
    })
    void frameOfAnyLengthEndsWhereItEnds(int length, boolean masked) {
        ByteBuf frame = bytes(new BinaryWebSocketFrame(Unpooled.buffer(length).writeZero(length)), masked);
        int end = frame.readableBytes();

        for (int at = 0; at < end; at++) {
            assertThat(frames.isBetweenFrames()).isEqualTo(at == 0);
            frames.read(frame.slice(at, 1));
        }

        assertThat(frames.isBetweenFrames()).isTrue();
        assertThat(frames.isClosed()).isFalse();
    }

    @Test
    void severalFramesAtOnceAreSeveral() {
        ByteBuf both = Unpooled.wrappedBuffer(
                bytes(new PingWebSocketFrame(Unpooled.copiedBuffer(new byte[5])), true),
                bytes(new BinaryWebSocketFrame(Unpooled.copiedBuffer(new byte[300])), true));

        frames.read(both.slice(0, both.readableBytes() - 1));

        assertThat(frames.isBetweenFrames()).isFalse();
        assertThat(frames.restOfFrame(both.slice(both.readableBytes() - 1, 1))).isEqualTo(1);
        assertThat(frames.isBetweenFrames()).isTrue();
    }

    @Test
    void restOfAFrameIsNoneOfTheNext() {
        ByteBuf first = bytes(new BinaryWebSocketFrame(Unpooled.copiedBuffer(new byte[10])), false);
        frames.read(first.slice(0, 1));

        assertThat(frames.restOfFrame(Unpooled.wrappedBuffer(first.slice(1, 11), first.slice(0, 12))))
                .isEqualTo(11);
        assertThat(frames.restOfFrame(first)).isZero();
    }

    @Test
    void closeFrameIsNoticedWhenItIsWhole() {
        ByteBuf close = bytes(new CloseWebSocketFrame(1000, "bye"), true);

        frames.read(close.slice(0, close.readableBytes() - 1));
        assertThat(frames.isClosed()).isFalse();
        frames.read(close.slice(close.readableBytes() - 1, 1));

        assertThat(frames.isClosed()).isTrue();
    }

    @Test
    void lengthThatIsNoneNeverEnds() {
        frames.read(Unpooled.wrappedBuffer(new byte[] {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1}));
        frames.read(Unpooled.wrappedBuffer(new byte[1000]));

        assertThat(frames.isBetweenFrames()).isFalse();
    }

    private static ByteBuf bytes(WebSocketFrame frame, boolean masked) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(masked));
        channel.writeOutbound(frame);
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }
}
