package io.gatehouse.emulator.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JWTs that whoever receives them must refuse. */
public final class Forgery {

    private final SigningKeys keys;

    public Forgery(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * Signs wrongly, in the given way.
     *
     * @param secret the application's, for {@link Signature#HS256_CLIENT_SECRET}
     */
    public String sign(
            Signature signature, @Nullable String type, String secret, Map<String, @Nullable Object> claims) {
        JWK key = keys.current();
        String kid = key.getKeyID();
        return switch (signature) {
            case NONE -> Jwt.unsigned(type, claims);
            case HS256_CLIENT_SECRET -> mac(secret.getBytes(StandardCharsets.UTF_8), type, kid, claims);
            case HS256_PUBLIC_KEY -> mac(pem(key), type, kid, claims);
            case BROKEN -> flipOneBit(Jwt.sign(key, type, claims));
            case UNKNOWN_KID ->
                Jwt.signAs(Jwt.header(key, type).keyID("nobody-publishes-this").build(), key, claims);
            case MISSING_KID -> Jwt.signAs(Jwt.header(key, type).build(), key, claims);
            case OTHER_KEY -> {
                JWK other = KeyType.valueOf(key.getKeyType().getValue()).generate();
                yield Jwt.signAs(Jwt.header(other, type).keyID(kid).build(), other, claims);
            }
            case NULL_ALGORITHM -> Jwt.withoutAlgorithm(type, kid, claims);
            case OTHER_ALGORITHM -> inOtherAlgorithm(key, type, claims);
        };
    }

    private static String inOtherAlgorithm(JWK key, @Nullable String type, Map<String, @Nullable Object> claims) {
        JWK signing = key instanceof RSAKey rsa ? unbound(rsa) : small();
        var header = new JWSHeader.Builder(key instanceof RSAKey ? JWSAlgorithm.PS256 : JWSAlgorithm.ES256)
                .keyID(key.getKeyID());
        return Jwt.signAs((type == null ? header : header.type(new JOSEObjectType(type))).build(), signing, claims);
    }

    /** Without the algorithm it says it is for, which would keep it from being used with another. */
    private static JWK unbound(RSAKey key) {
        return new RSAKey.Builder(key).algorithm(null).build();
    }

    private static JWK small() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot generate a key", e);
        }
    }

    private static String mac(byte[] secret, @Nullable String type, String kid, Map<String, @Nullable Object> claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid);
        return Jwt.mac(secret, (type == null ? header : header.type(new JOSEObjectType(type))).build(), claims);
    }

    /** The text an attacker would take: the public key as anybody can download it, in PEM. */
    private static byte[] pem(JWK key) {
        try {
            byte[] encoded = ((AsymmetricJWK) key).toPublicKey().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing keys have a public half", e);
        }
    }

    private static String flipOneBit(String jwt) {
        int dot = jwt.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
        signature[signature.length / 2] ^= 1;
        return jwt.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }
}
