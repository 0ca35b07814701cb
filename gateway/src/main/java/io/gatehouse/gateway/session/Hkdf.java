package io.gatehouse.gateway.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** Derives 256-bit keys that tell nothing about each other from one secret (HKDF with SHA-256, RFC 5869). */
final class Hkdf {

    private static final int LENGTH = 32;

    private Hkdf() {}

    /**
     * @param secret at least 128 bits of entropy
     * @param salt may be empty
     * @param purpose what the result is for; different purposes give independent keys
     */
    static byte[] derive(byte[] secret, byte[] salt, String purpose) {
        return bytes(HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info(purpose), LENGTH));
    }

    /** The same as a key for AES. */
    static SecretKey deriveKey(byte[] secret, byte[] salt, String purpose) {
        HKDFParameterSpec specification =
                HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info(purpose), LENGTH);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveKey("AES", specification);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(HKDFParameterSpec specification) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(specification);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] info(String purpose) {
        return ("gatehouse " + purpose).getBytes(StandardCharsets.UTF_8);
    }
}
