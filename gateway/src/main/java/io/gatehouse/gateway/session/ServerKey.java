package io.gatehouse.gateway.session;

import javax.crypto.SecretKey;

/** One key of the ring: a name and 256 bits, from which every key that is really used is derived. */
public final class ServerKey {

    static final int BYTES = 32;

    private final String kid;
    private final byte[] secret;

    ServerKey(String kid, byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("key " + kid + " must have 32 bytes, has " + secret.length);
        }
        this.kid = kid;
        this.secret = secret.clone();
    }

    String kid() {
        return kid;
    }

    /** A key that every replica can derive. */
    public SecretKey derive(String purpose) {
        return Hkdf.deriveKey(secret, new byte[0], purpose);
    }

    /** A key that takes this one and the browser's session id: neither the server nor the browser has it alone. */
    SecretKey derive(String purpose, SessionId id) {
        return Hkdf.deriveKey(id.secret(), secret, purpose);
    }

    @Override
    public String toString() {
        return kid;
    }
}
