package io.gatehouse.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys Logto may sign webhooks with: one, or two while it is being replaced. Never printed. */
public final class SigningKeys {

    private static final String HMAC = "HmacSHA256";

    private volatile List<SecretKeySpec> keys;

    /** @param keys as Logto shows them; none if this gateway takes no webhooks */
    public SigningKeys(List<String> keys) {
        this.keys = keys.stream()
                .map(key -> new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC))
                .toList();
    }

    /** Those of the other one are taken from now on. */
    public void replaceWith(SigningKeys other) {
        keys = other.keys;
    }

    boolean areMissing() {
        return keys.isEmpty();
    }

    /** Whether one of the keys has signed the bytes. Takes as long for the right signature as for any other. */
    boolean haveSigned(byte[] bytes, byte[] signature) {
        return keys.stream()
                .map(key -> MessageDigest.isEqual(hmac(key, bytes), signature))
                .reduce(false, Boolean::logicalOr);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
