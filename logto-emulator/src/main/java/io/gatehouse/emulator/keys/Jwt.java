package io.gatehouse.emulator.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.emulator.http.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compact JWTs. The claims keep their order and their nulls, which {@code JWTClaimsSet} would not: Logto's ID tokens
 * carry {@code "picture":null}.
 */
public final class Jwt {

    private Jwt() {}

    /**
     * Signs as Logto does: {@code alg}, then {@code typ} if there is one, then {@code kid}.
     *
     * @param type {@code at+jwt}, {@code logout+jwt}, or null for an ID token, which has no {@code typ}
     */
    public static String sign(JWK key, @Nullable String type, Map<String, @Nullable Object> claims) {
        return signAs(header(key, type).keyID(key.getKeyID()).build(), key, claims);
    }

    /** Signs under a header of the caller's choice. */
    public static String signAs(JWSHeader header, JWK key, Map<String, @Nullable Object> claims) {
        try {
            return serialize(header, claims, new DefaultJWSSignerFactory().createJWSSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** Signs with a shared secret of any length; Nimbus alone would insist on 256 bits. */
    public static String mac(byte[] secret, JWSHeader header, Map<String, @Nullable Object> claims) {
        try {
            byte[] padded = Arrays.copyOf(secret, Math.max(secret.length, 32));
            return serialize(header, claims, new MACSigner(padded));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** {@code alg: none}. */
    public static String unsigned(@Nullable String type, Map<String, @Nullable Object> claims) {
        var header = new PlainHeader.Builder();
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        return new PlainObject(header.build(), new Payload(Json.write(claims))).serialize();
    }

    /** {@code alg: null}, and nothing where a signature would be. */
    public static String withoutAlgorithm(@Nullable String type, String kid, Map<String, @Nullable Object> claims) {
        var header = new LinkedHashMap<String, @Nullable Object>();
        header.put("alg", null);
        if (type != null) {
            header.put("typ", type);
        }
        header.put("kid", kid);
        return Base64URL.encode(Json.write(header)) + "." + Base64URL.encode(Json.write(claims)) + ".";
    }

    /** A header for this key's algorithm, without {@code kid}. */
    public static JWSHeader.Builder header(JWK key, @Nullable String type) {
        var header = new JWSHeader.Builder(JWSAlgorithm.parse(key.getAlgorithm().getName()));
        return type == null ? header : header.type(new JOSEObjectType(type));
    }

    private static String serialize(JWSHeader header, Map<String, @Nullable Object> claims, JWSSigner signer)
            throws JOSEException {
        var jws = new JWSObject(header, new Payload(Json.write(claims)));
        jws.sign(signer);
        return jws.serialize();
    }
}
