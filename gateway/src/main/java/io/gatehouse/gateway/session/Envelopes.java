package io.gatehouse.gateway.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals what leaves this process: AES-256-GCM with a random 96-bit nonce. A sealed envelope can be opened only for the
 * purpose and at the place it was sealed for, so that nobody can move one from one Redis key, cookie or field to
 * another.
 *
 * <p>Each envelope has a key of its own, derived from a random salt: anybody can make this gateway seal flow cookies,
 * and random nonces under one key are safe for 2^32 messages only (NIST SP 800-38D, section 8.3).
 *
 * <pre>
 * format (1) | length of kid (1) | kid | salt (16) | nonce (12) | ciphertext and tag
 * </pre>
 */
public final class Envelopes {

    private static final byte FORMAT = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing ring;
    private final SecureRandom random;

    Envelopes(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /**
     * Seals something with the first key of the ring.
     *
     * @param place where the envelope is kept, such as a Redis key or a cookie name
     * @param name which one it is at that place
     * @param key derives the key from the ring's
     */
    public byte[] seal(String place, String name, Function<ServerKey, SecretKey> key, byte[] content) {
        ServerKey serverKey = ring.first();
        byte[] kid = Ascii.of(serverKey.kid());
        byte[] salt = randomBytes(SALT_BYTES);
        byte[] nonce = randomBytes(NONCE_BYTES);
        SecretKey own = own(key.apply(serverKey), salt);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, own, nonce, context(place, name, kid), content);
        return ByteBuffer.allocate(2 + kid.length + SALT_BYTES + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .put((byte) kid.length)
                .put(kid)
                .put(salt)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Opens what was sealed with the same place, name and derivation.
     *
     * @throws UnreadableEnvelopeException if it is damaged, was sealed for something else, or its key is not on the
     *     ring
     */
    public byte[] open(String place, String name, Function<ServerKey, SecretKey> key, byte[] envelope) {
        ByteBuffer buffer = ByteBuffer.wrap(envelope);
        if (buffer.remaining() < 2 || buffer.get() != FORMAT) {
            throw new UnreadableEnvelopeException("unknown format");
        }
        int kidLength = Byte.toUnsignedInt(buffer.get());
        if (buffer.remaining() < kidLength + SALT_BYTES + NONCE_BYTES) {
            throw new UnreadableEnvelopeException("too short");
        }
        byte[] kid = read(buffer, kidLength);
        byte[] salt = read(buffer, SALT_BYTES);
        byte[] nonce = read(buffer, NONCE_BYTES);
        ServerKey serverKey = ring.require(Ascii.text(kid));
        byte[] sealed = read(buffer, buffer.remaining());
        return crypt(Cipher.DECRYPT_MODE, own(key.apply(serverKey), salt), nonce, context(place, name, kid), sealed);
    }

    private static SecretKey own(SecretKey shared, byte[] salt) {
        return Hkdf.deriveKey(shared.getEncoded(), salt, "envelope");
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new UnreadableEnvelopeException("damaged or sealed for something else", failure);
        }
    }

    private static byte[] context(String place, String name, byte[] kid) {
        byte[] parts = Framed.of(place.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8), kid);
        return ByteBuffer.allocate(1 + parts.length).put(FORMAT).put(parts).array();
    }

    private static byte[] read(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
