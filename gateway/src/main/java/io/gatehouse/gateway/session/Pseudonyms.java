package io.gatehouse.gateway.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Names for what is private: an HMAC under the server key that writes, so that reading Redis tells nobody what they
 * stand for, not even by trying everything they could stand for. They change with that key.
 */
public final class Pseudonyms {

    private final SecretKey key;

    /** @param purpose those of different purposes have nothing in common */
    public Pseudonyms(KeyRing ring, String purpose) {
        this.key = ring.first().derive(purpose);
    }

    /** 43 characters of base64url, the same for the same parts on every replica. */
    public String of(String... parts) {
        byte[] message = Framed.of(Stream.of(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(IndexNames.hmac(key, message));
    }
}
