package io.gatehouse.gateway.relay;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.ByteBuffer;

/** The close frame that both peers of a WebSocket get when the session has ended it was opened for. */
final class SocketEnd {

    /** From the range for private use (RFC 6455, section 7.4.2), after HTTP's 401. */
    private static final int STATUS = 4401;

    private static final String REASON = "session ended";

    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final int MASKED = 0x80;

    private SocketEnd() {}

    /** As an upstream sends it. */
    static byte[] ofUpstream() {
        byte[] payload = payload();
        return ByteBuffer.allocate(2 + payload.length)
                .put(FINAL_CLOSE)
                .put((byte) payload.length)
                .put(payload)
                .array();
    }

    /** As a browser sends it: masked, with a key that nobody could foresee (RFC 6455, section 5.3). */
    static byte[] ofBrowser(int key) {
        byte[] mask = ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
        byte[] payload = payload();
        for (int at = 0; at < payload.length; at++) {
            payload[at] ^= mask[at % mask.length];
        }
        return ByteBuffer.allocate(2 + mask.length + payload.length)
                .put(FINAL_CLOSE)
                .put((byte) (MASKED | payload.length))
                .put(mask)
                .put(payload)
                .array();
    }

    private static byte[] payload() {
        CloseWebSocketFrame frame = new CloseWebSocketFrame(STATUS, REASON);
        byte[] payload = new byte[frame.content().readableBytes()];
        frame.content().readBytes(payload);
        frame.release();
        return payload;
    }
}
