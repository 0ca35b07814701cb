package io.gatehouse.gateway.session;

import io.gatehouse.gateway.live.Derived;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Names for what is private: an HMAC under the server key that writes, so that reading Redis tells nobody what they
 * stand for, not even by trying everything they could stand for. They change with that key.
 */
public final class Pseudonyms {

    private final KeyRing ring;
    private final Derived<ServerKey, SecretKey> keys;

    /** @param purpose those of different purposes have nothing in common */
    public Pseudonyms(KeyRing ring, String purpose) {
        this.ring = ring;
        this.keys = new Derived<>(key -> key.derive(purpose));
    }

    /** 43 characters of base64url, the same for the same parts on every replica. */
    public String of(String... parts) {
        byte[] message = Framed.of(Stream.of(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(IndexNames.hmac(keys.of(ring.first()), message));
    }
}
