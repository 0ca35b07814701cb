package io.gatehouse.gateway.provider;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an ID token that has just been verified says. */
public final class IdTokenClaims {

    /** They bind the token to what it came with, and say nothing about the person. */
    private static final Set<String> BINDING = Set.of("nonce", "at_hash", "c_hash");

    private IdTokenClaims() {}

    /** The claims as they came, without {@code nonce} and hashes; Spring's own view converts some of them. */
    public static Map<String, Object> of(String idToken) {
        Map<String, Object> claims = new TreeMap<>(all(idToken));
        claims.keySet().removeAll(BINDING);
        return claims;
    }

    /** All of them. */
    public static Map<String, Object> all(String idToken) {
        try {
            return SignedJWT.parse(idToken).getPayload().toJSONObject();
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
