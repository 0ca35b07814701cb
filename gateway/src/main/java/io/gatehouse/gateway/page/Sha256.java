package io.gatehouse.gateway.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which browsers know a style, and by which a logo has its name. */
final class Sha256 {

    private Sha256() {}

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
