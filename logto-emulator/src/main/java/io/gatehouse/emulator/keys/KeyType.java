package io.gatehouse.emulator.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** The two kinds of signing key Logto knows; the algorithm follows from the kind. */
public enum KeyType {
    EC,
    RSA;

    public JWSAlgorithm algorithm() {
        return switch (this) {
            case EC -> JWSAlgorithm.ES384;
            case RSA -> JWSAlgorithm.RS256;
        };
    }

    /** A new private key whose {@code kid} is its thumbprint (RFC 7638). */
    public JWK generate() {
        try {
            return generator()
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(algorithm())
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot generate a key", e);
        }
    }

    private JWKGenerator<? extends JWK> generator() {
        return switch (this) {
            case EC -> new ECKeyGenerator(Curve.P_384);
            case RSA -> new RSAKeyGenerator(2048);
        };
    }
}
