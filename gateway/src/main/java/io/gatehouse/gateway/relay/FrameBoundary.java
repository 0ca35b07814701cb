package io.gatehouse.gateway.relay;

import io.netty.buffer.ByteBuf;

/**
 * Knows, of one direction of a WebSocket as far as it was read, whether a frame has begun and not ended, and whether
 * the close frame has passed (RFC 6455, section 5.2). It reads the heads of frames and skips everything else, so any
 * extension and any size will do.
 */
final class FrameBoundary {

    private static final int CLOSE = 0x8;
    private static final int FIRST_BYTES = 2;
    private static final int MASK_BYTES = 4;

    private int headRead;
    private int lengthEnd;
    private int headEnd;
    private int opcode;
    private long payloadLeft;
    private boolean closed;

    /** Between two frames, or before the first. */
    boolean isBetweenFrames() {
        return headRead == 0;
    }

    /** Whether a whole close frame was read: nothing may follow it. */
    boolean isClosed() {
        return closed;
    }

    /** Reads everything, and leaves the bytes as they are. */
    ByteBuf read(ByteBuf bytes) {
        for (int at = bytes.readerIndex(); at < bytes.writerIndex(); ) {
            at = readFrame(bytes, at);
        }
        return bytes;
    }

    /** Reads to where the frame ends that has begun, if it does, and tells how many bytes that are. */
    int restOfFrame(ByteBuf bytes) {
        return isBetweenFrames() ? 0 : readFrame(bytes, bytes.readerIndex()) - bytes.readerIndex();
    }

    private int readFrame(ByteBuf bytes, int from) {
        int at = from;
        int end = bytes.writerIndex();
        while (at < end && (headRead < FIRST_BYTES || headRead < headEnd)) {
            readHead(bytes.getByte(at));
            at++;
        }
        if (headRead < FIRST_BYTES || headRead < headEnd) {
            return at;
        }
        int payload = (int) Math.min(payloadLeft, end - at);
        payloadLeft -= payload;
        if (payloadLeft == 0) {
            closed |= opcode == CLOSE;
            headRead = 0;
        }
        return at + payload;
    }

    private void readHead(byte next) {
        if (headRead == 0) {
            opcode = next & 0x0F;
        } else if (headRead == 1) {
            readLength(next & 0x7F, next < 0);
        } else if (headRead < lengthEnd) {
            // A length beyond what a long holds is no length; such a frame never ends.
            payloadLeft = ((payloadLeft << Byte.SIZE) | Byte.toUnsignedLong(next)) & Long.MAX_VALUE;
        }
        headRead++;
    }

    private void readLength(int length, boolean masked) {
        lengthEnd = FIRST_BYTES
                + switch (length) {
                    case 126 -> Short.BYTES;
                    case 127 -> Long.BYTES;
                    default -> 0;
                };
        headEnd = lengthEnd + (masked ? MASK_BYTES : 0);
        payloadLeft = lengthEnd == FIRST_BYTES ? length : 0;
    }
}
