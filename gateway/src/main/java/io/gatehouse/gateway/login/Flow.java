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
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
 * @param demand what the ID token has to prove
 * @param organization id of the organization they act for afterwards, if they belong to it; empty: none
 * @param parameters further parameters of its authorization request, as {@link SignInRequest} has them
 * @param before tells the session the browser named when this began from others; 0 if it named none
 */
record Flow(
        String seed,
        Instant startedAt,
        ReturnTo target,
        Demand demand,
        String organization,
        Map<String, String> parameters,
        int before) {

    static final int SEED_BYTES = 16;

    private static final Predicate<String> SHAPE_OF_STATE =
            Pattern.compile("[A-Za-z0-9_-]{43}").asMatchPredicate();

    static Flow begin(SecureRandom random, Instant now, SignInRequest request, int before) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        Instant startedAt = Instant.ofEpochSecond(now.getEpochSecond());
        return new Flow(
                HexFormat.of().formatHex(seed),
                startedAt,
                request.target(),
                request.demand(),
                request.organization(),
                request.parameters(),
                before);
    }

    /** The same flow, which leads elsewhere. */
    Flow to(ReturnTo other) {
        return new Flow(seed, startedAt, other, demand, organization, parameters, before);
    }

    /** What a sign-in has to ask for that begins in place of this one. */
    SignInRequest again() {
        return new SignInRequest(target, demand, organization, parameters);
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
    Optional<Instant> oldestAuthentication(@Nullable Instant signedOutAt, Instant now) {
        Instant demanded = demand.oldestAuthentication(startedAt, now);
        Instant oldest = signedOutAt == null || signedOutAt.isBefore(demanded) ? demanded : signedOutAt;
        return Optional.of(oldest).filter(Instant.MIN::isBefore);
    }

    /** Whether it could be the {@link #state()} of some flow. */
    static boolean isShapeOfState(String presented) {
        return SHAPE_OF_STATE.test(presented);
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
