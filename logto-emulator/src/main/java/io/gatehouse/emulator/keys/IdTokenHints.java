package io.gatehouse.emulator.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;

/**
 * ID tokens that come back as a hint (OpenID Connect Core 1.0, section 3.1.2.1): expired ones are fine, forged are not.
 */
public final class IdTokenHints {

    private final SigningKeys keys;
    private final String issuer;

    public IdTokenHints(SigningKeys keys, String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** Whom the token is about; empty unless it is ours, for this client, and signed with a key still published. */
    public Optional<String> subject(String hint, String clientId) {
        return claims(hint)
                .filter(it -> issuer.equals(it.getIssuer()) && it.getAudience().contains(clientId))
                .map(JWTClaimsSet::getSubject);
    }

    /** For whom the token was made, taken on its word; empty if it is no JWT at all. */
    public Optional<String> audience(String hint) {
        try {
            return SignedJWT.parse(hint).getJWTClaimsSet().getAudience().stream()
                    .findFirst();
        } catch (ParseException _) {
            return Optional.empty();
        }
    }

    private Optional<JWTClaimsSet> claims(String hint) {
        try {
            var jwt = SignedJWT.parse(hint);
            JWK key = keys.published().getKeyByKeyId(jwt.getHeader().getKeyID());
            if (!(key instanceof AsymmetricJWK asymmetric)
                    || !jwt.getHeader().getAlgorithm().equals(keys.algorithm())) {
                return Optional.empty();
            }
            var verifier = new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey());
            return jwt.verify(verifier) ? Optional.of(jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException _) {
            return Optional.empty();
        }
    }
}
