package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in that this browser has begun. State, nonce and code verifier all follow from one seed, so that a cookie
 * has room for several flows.
 *
 * @param seed 128 random bits as 32 hexadecimal digits
 * @param startedAt whole seconds
 * @param target where the person goes afterwards
 * @param reauthenticate whether the ID token has to prove that credentials were given after the start
 */
record Flow(String seed, Instant startedAt, ReturnTo target, boolean reauthenticate) {

    static final int SEED_BYTES = 16;

    static Flow begin(SecureRandom random, Instant now, ReturnTo target, boolean reauthenticate) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new Flow(
                HexFormat.of().formatHex(seed), Instant.ofEpochSecond(now.getEpochSecond()), target, reauthenticate);
    }

    /** Ties the authorization response to this browser (RFC 6749, section 10.12). */
    String state() {
        return derive("state");
    }

    /** Ties the ID token to this flow (OpenID Connect Core 1.0, section 3.1.2.1). The IdP gets its hash. */
    String nonce() {
        return derive("nonce");
    }

    /** Ties the code to this flow (RFC 7636, section 4.1): 43 characters. */
    String codeVerifier() {
        return derive("code verifier");
    }

    /** Names this flow where it is noted that it was finished, and tells nothing else of it. */
    String mark() {
        return derive("mark");
    }

    /**
     * When credentials must have been given at the earliest. Empty if it does not matter.
     *
     * @param signedOutAt when somebody last signed out in this browser, also after this flow was begun; null if nobody
     *     did
     */
    Optional<Instant> oldestAuthentication(@Nullable Instant signedOutAt) {
        if (!reauthenticate) {
            return Optional.ofNullable(signedOutAt);
        }
        return Optional.of(signedOutAt == null || signedOutAt.isBefore(startedAt) ? startedAt : signedOutAt);
    }

    boolean isState(String presented) {
        return MessageDigest.isEqual(
                state().getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
    }

    boolean isOutlived(Duration lifetime, Instant now) {
        return !now.isBefore(startedAt.plus(lifetime));
    }

    private String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(seed), "HmacSHA256"));
            byte[] bits = mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never the seed: whoever has it can finish the sign-in. */
    @Override
    public String toString() {
        return "Flow[startedAt=" + startedAt + "]";
    }
}
