package io.gatehouse.gateway.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Several parts as one sequence of bytes: each with its length, so that no two lists of parts can look the same. */
final class Framed {

    private Framed() {}

    static byte[] of(byte[]... parts) {
        var framed = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            framed.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            framed.writeBytes(part);
        }
        return framed.toByteArray();
    }
}
