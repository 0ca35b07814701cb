package io.gatehouse.bookstore.echo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** Counts and digests a body piece by piece, keeping none of it. For one thread at a time. */
final class Tally {

    private final MessageDigest digest = sha256();

    private long bytes;

    /** Takes the piece in and releases it. */
    void add(DataBuffer piece) {
        bytes += piece.readableByteCount();
        try (DataBuffer.ByteBufferIterator parts = piece.readableByteBuffers()) {
            while (parts.hasNext()) {
                ByteBuffer part = parts.next();
                digest.update(part);
            }
        } finally {
            DataBufferUtils.release(piece);
        }
    }

    /** The result; nothing may be added after it. */
    Receipt receipt() {
        return new Receipt(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * What was received.
     *
     * @param sha256 in lower-case hexadecimal digits
     */
    record Receipt(long bytes, String sha256) {}
}
