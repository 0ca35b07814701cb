package io.gatehouse.gateway.relay;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Pairs of P-256 keys as PEM text (RFC 7468): each a {@code PRIVATE KEY} (PKCS#8) and then its {@code PUBLIC KEY}.
 * Every complaint says which pair is wrong, and shows nothing of it.
 */
final class PemPairs {

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final byte[] SAMPLE = {1};

    private PemPairs() {}

    /** Reads text that is not blank; whatever stands between the blocks is a comment. */
    static List<ECKey> read(String pem) {
        List<MatchResult> blocks = BLOCK.matcher(pem).results().toList();
        require(blocks.size() == pem.split(BEGIN, -1).length - 1, "a PEM block is not complete");
        require(!blocks.isEmpty(), "must be PEM text, a PRIVATE KEY and its PUBLIC KEY");
        require(blocks.size() % 2 == 0, "a PRIVATE KEY or a PUBLIC KEY is missing: keys come in pairs");
        List<ECKey> keys = new ArrayList<>();
        for (int at = 0; at < blocks.size(); at += 2) {
            keys.add(pair(blocks.get(at), blocks.get(at + 1), at / 2 + 1));
        }
        long kids = keys.stream().map(ECKey::getKeyID).distinct().count();
        require(kids == keys.size(), "the same pair is there twice");
        return List.copyOf(keys);
    }

    private static ECKey pair(MatchResult first, MatchResult second, int number) {
        String place = "pair " + number;
        boolean labelled =
                first.group(1).equals("PRIVATE KEY") && second.group(1).equals("PUBLIC KEY");
        require(labelled, place + " must be a PRIVATE KEY (PKCS#8, not encrypted) and then its PUBLIC KEY");
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            var privateKey = (ECPrivateKey) keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(first)));
            var publicKey = (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(bytes(second)));
            requireCurve(privateKey, place);
            requireCurve(publicKey, place);
            require(belongTogether(privateKey, publicKey), place + ": its two keys do not belong together");
            return jwk(privateKey, publicKey);
        } catch (GeneralSecurityException malformed) {
            throw complaint(place + " has a block that is no EC key");
        }
    }

    private static void requireCurve(java.security.interfaces.ECKey key, String place) {
        require(Curve.P_256.equals(Curve.forECParameterSpec(key.getParams())), place + " is not on the curve P-256");
    }

    /** What one signs, the other verifies. */
    private static boolean belongTogether(ECPrivateKey privateKey, ECPublicKey publicKey)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }

    /** Named by its thumbprint (RFC 7638), so that every replica gives it the same name. */
    private static ECKey jwk(ECPrivateKey privateKey, ECPublicKey publicKey) {
        try {
            return new ECKey.Builder(Curve.P_256, publicKey)
                    .privateKey(privateKey)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(MatchResult block) throws InvalidKeySpecException {
        try {
            return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidKeySpecException("not Base64");
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw complaint(otherwise);
        }
    }

    private static IllegalArgumentException complaint(String what) {
        return new IllegalArgumentException(what + "; make a pair with: " + AssertionKeys.COMMAND);
    }
}
