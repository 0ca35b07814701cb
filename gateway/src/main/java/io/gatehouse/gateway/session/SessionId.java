package io.gatehouse.gateway.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the session cookie carries: 256 random bits, which are the only way to the session. Redis sees a key derived
 * from it and never the id, so that reading Redis does not let anybody in.
 *
 * @param value the bits, base64url without padding: 43 characters
 */
public record SessionId(String value) {

    private static final int BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public SessionId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a session id");
        }
    }

    static SessionId random(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The id a browser sent; empty if it cannot be one. */
    static Optional<SessionId> parse(String sent) {
        return SHAPE.matcher(sent).matches() ? Optional.of(new SessionId(sent)) : Optional.empty();
    }

    byte[] secret() {
        return Base64.getUrlDecoder().decode(value);
    }

    /** The name under which Redis keeps the session: 43 characters from which the id cannot be found. */
    String lookup() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hkdf.derive(secret(), new byte[0], "lookup"));
    }

    /** Never the value: ids must not reach a log by way of a message. */
    @Override
    public String toString() {
        return "SessionId[...]";
    }
}
