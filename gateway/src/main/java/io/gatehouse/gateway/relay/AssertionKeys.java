package io.gatehouse.gateway.relay;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the identity assertion: the first one signs, all of them are published. To rotate, add a new pair last on
 * every replica, then move it first, then drop the old one; with a minute between the steps.
 */
public final class AssertionKeys {

    /** Makes a pair. */
    public static final String COMMAND = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem"
            + " && openssl pkey -in k.pem -pubout >> k.pem";

    static final AssertionKeys NONE = new AssertionKeys(List.of());

    private static final JOSEObjectType TYPE = new JOSEObjectType("gatehouse-assertion+jwt");

    private volatile Pairs pairs;

    /** All of them, and what the first one signs with; null if there are none. */
    private record Pairs(List<ECKey> keys, @Nullable Signing signing) {}

    /** What a signature needs and no request changes. */
    private record Signing(JWSHeader header, JWSSigner signer) {

        static Signing with(ECKey key) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(TYPE)
                    .keyID(key.getKeyID())
                    .build();
            try {
                // A header that was read keeps its encoded form.
                return new Signing(JWSHeader.parse(header.toBase64URL()), new ECDSASigner(key));
            } catch (JOSEException | ParseException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private AssertionKeys(List<ECKey> keys) {
        this.pairs = new Pairs(keys, keys.isEmpty() ? null : Signing.with(keys.getFirst()));
    }

    /**
     * Reads keys from configuration.
     *
     * @param pem pairs of a PKCS#8 block and the block of its public key; blank for none
     * @throws IllegalArgumentException with a message that names no key material
     */
    public static AssertionKeys of(String pem) {
        return pem.isBlank() ? NONE : new AssertionKeys(PemPairs.read(pem));
    }

    /** The other ones sign and are published from now on. */
    public void replaceWith(AssertionKeys other) {
        if (this == NONE) {
            throw new IllegalStateException("none stay none");
        }
        pairs = other.pairs;
    }

    boolean areMissing() {
        return pairs.keys().isEmpty();
    }

    /** The claims as a signed JWT, in its compact form. Any number of threads may sign at the same time. */
    String sign(JWTClaimsSet claims) {
        Signing signing = pairs.signing();
        if (signing == null) {
            throw new IllegalStateException("no key to sign with");
        }
        try {
            SignedJWT token = new SignedJWT(signing.header(), claims);
            token.sign(signing.signer());
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The public keys as a JWK set (RFC 7517, section 5). */
    Map<String, Object> published() {
        return new JWKSet(List.copyOf(pairs.keys())).toJSONObject(true);
    }

    /** Without key material. */
    @Override
    public String toString() {
        return pairs.keys().stream().map(ECKey::getKeyID).toList().toString();
    }
}
