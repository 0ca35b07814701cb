package io.gatehouse.emulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Looks into JWTs. */
final class Tokens {

    private Tokens() {}

    static ObjectNode header(String jwt) {
        return part(jwt, 0);
    }

    static ObjectNode claims(String jwt) {
        return part(jwt, 1);
    }

    /** Whether a key that is published under the token's {@code kid} verifies it. */
    static boolean isVerifiable(String jwt, String jwks) {
        try {
            var token = SignedJWT.parse(jwt);
            var key = JWKSet.parse(jwks).getKeyByKeyId(token.getHeader().getKeyID());
            return key instanceof AsymmetricJWK asymmetric
                    && token.verify(new DefaultJWSVerifierFactory()
                            .createJWSVerifier(token.getHeader(), asymmetric.toPublicKey()));
        } catch (ParseException | JOSEException _) {
            return false;
        }
    }

    private static ObjectNode part(String jwt, int index) {
        byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
        return Json.readObject(new String(json, StandardCharsets.UTF_8)).orElseThrow();
    }
}
