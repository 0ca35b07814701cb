package io.gatehouse.bookstore;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token to be signed: valid as it is made, each method changes one thing.
 *
 * @param type the {@code typ} header, null for none
 */
public record TestToken(
        JWK key, JWSAlgorithm algorithm, @Nullable String type, Map<String, Object> claims) {

    static TestToken of(Issuer issuer) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of(
                "jti", "FvBsrKg_l_KZNiCqoSCmQ",
                "sub", "9xdtcxqv0uke",
                "iat", now - 1800,
                "exp", now + 1800,
                "scope", "read:books write:books",
                "client_id", "6yw6xf71am01sileyfe3c",
                "iss", issuer.uri(),
                "aud", "https://api.bookstore.local"));
        return new TestToken(issuer.key, JWSAlgorithm.ES384, "at+jwt", claims);
    }

    public TestToken with(String claim, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(claim, value);
        return new TestToken(key, algorithm, type, changed);
    }

    public TestToken without(String claim) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.remove(claim);
        return new TestToken(key, algorithm, type, changed);
    }

    public TestToken withType(@Nullable String changed) {
        return new TestToken(key, algorithm, changed, claims);
    }

    public TestToken signedBy(JWK other, JWSAlgorithm otherAlgorithm) {
        return new TestToken(other, otherAlgorithm, type, claims);
    }

    /** Expired so many seconds ago. */
    public TestToken expired(long seconds) {
        return with("exp", Instant.now().getEpochSecond() - seconds);
    }

    /** The token in its compact form. */
    public String sign() {
        try {
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            JWSHeader header = new JWSHeader.Builder(algorithm)
                    .keyID(key.getKeyID())
                    .type(type == null ? null : new JOSEObjectType(type))
                    .build();
            SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException | ParseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The token with {@code alg: none} and no signature. */
    public String unsigned() {
        try {
            return new PlainJWT(JWTClaimsSet.parse(claims)).serialize();
        } catch (ParseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
