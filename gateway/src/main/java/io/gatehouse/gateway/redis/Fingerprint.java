package io.gatehouse.gateway.redis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Redis is told in place of something long, foreign or private. */
public final class Fingerprint {

    private Fingerprint() {}

    /** 64 hexadecimal digits, the SHA-256 of the bytes. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
