package io.gatehouse.gateway.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The secret by which operators are known. Only its hash is kept. */
public final class OpsKey {

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7E]{32,}");

    private volatile byte[] hash;

    private OpsKey(byte[] hash) {
        this.hash = hash;
    }

    /**
     * Reads a key from configuration.
     *
     * @throws IllegalArgumentException with a message that does not repeat it
     */
    public static OpsKey of(String configured) {
        if (!SHAPE.matcher(configured).matches()) {
            throw new IllegalArgumentException(
                    "must have at least 32 characters, and only such as can stand in a header: make one with openssl"
                            + " rand -hex 32");
        }
        return new OpsKey(hash(configured));
    }

    /** The other one is taken from now on, and this one no longer. */
    public void replaceWith(OpsKey other) {
        hash = other.hash;
    }

    /**
     * Whether somebody has sent this key. Takes as long for a wrong one, whatever it has in common with the right one.
     */
    boolean is(String sent) {
        // Of hashes neither the length nor the first difference tells anything about the key.
        return MessageDigest.isEqual(hash, hash(sent));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "set";
    }
}
