package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketEndTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 0x12345678})
    void browserIsTakenAtItsWord(int key) {
        assertSaysThatTheSessionHasEnded(SocketEnd.ofBrowser(key), true);
    }

    @ParameterizedTest
    @ValueSource(booleans = false)
    void upstreamIsTakenAtItsWord(boolean masked) {
        assertSaysThatTheSessionHasEnded(SocketEnd.ofUpstream(), masked);
    }

    private static void assertSaysThatTheSessionHasEnded(byte[] bytes, boolean masked) {
        EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(masked)
                .allowMaskMismatch(false)
                .build()));

        peer.writeInbound(Unpooled.wrappedBuffer(bytes));

        CloseWebSocketFrame frame = peer.readInbound();
        assertThat(frame.statusCode()).isEqualTo(4401);
        assertThat(frame.reasonText()).isEqualTo("session ended");
        frame.release();
    }
}
