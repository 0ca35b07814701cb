package io.gatehouse.emulator.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways a signature can be wrong. */
public enum Signature {
    /** {@code alg: none}, no signature at all. */
    NONE,
    /** HS256 with the application's secret. */
    HS256_CLIENT_SECRET,
    /** HS256 with the public key's PEM text as the secret: key confusion. */
    HS256_PUBLIC_KEY,
    /** The right key and header, one bit of the signature flipped. */
    BROKEN,
    /** The right key under a {@code kid} nobody publishes. */
    UNKNOWN_KID,
    /** The right key, no {@code kid}. */
    MISSING_KID,
    /** A key nobody publishes, under the current key's {@code kid}. */
    OTHER_KEY,
    /** No algorithm at all, which is not the same text as {@link #NONE}: {@code alg: null}. */
    NULL_ALGORITHM,
    /**
     * An asymmetric algorithm that nobody announces, under the current {@code kid}: PS256 with the current RSA key, or,
     * as a P-384 key is good for one algorithm only, ES256 with a key nobody publishes.
     */
    OTHER_ALGORITHM;

    /** The name in the control API, such as {@code unknown-kid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Signature> of(String label) {
        return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
    }
}
