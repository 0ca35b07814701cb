package io.gatehouse.gateway.route;

import jakarta.validation.constraints.AssertTrue;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is special about TLS to an upstream. Its certificate is verified in any case.
 *
 * @param ca a PEM file with the certificates of the authorities whose certificates the upstream may have, and no
 *     others. Empty: those that Java trusts
 * @param certificate a PEM file with the certificate that the gateway shows to the upstream, and those between it and
 *     its authority. Empty: it shows none
 * @param key a PEM file with the private key of {@code certificate}, not encrypted
 * @param serverName the host name that the gateway asks for (SNI) and that has to be in the upstream's certificate.
 *     Empty: the host of {@code upstream}
 */
public record TlsRule(
        @Nullable PemCertificates ca,
        @Nullable PemCertificates certificate,
        @Nullable PemKey key,
        @DefaultValue("") String serverName) {

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.|$))+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
    private static final byte[] SAMPLE = {1};

    /** Whether there is anything special about it. */
    public boolean isUsed() {
        return ca != null || certificate != null || key != null || !serverName.isEmpty();
    }

    @AssertTrue(message = "key: is required with certificate")
    boolean isKeyGiven() {
        return certificate == null || key != null;
    }

    @AssertTrue(message = "certificate: is required with key")
    boolean isCertificateGiven() {
        return key == null || certificate != null;
    }

    @AssertTrue(message = "key: does not belong to certificate; the first one of that file must be the gateway's own")
    boolean isKeyOfCertificate() {
        return key == null
                || certificate == null
                || belongTogether(
                        key.key(), certificate.certificates().getFirst().getPublicKey());
    }

    @AssertTrue(message = "server-name: must be a host name such as app.internal, without port")
    boolean isServerNamePlain() {
        return serverName.isEmpty()
                || (NAME.matcher(serverName).matches()
                        && !serverName.endsWith(".")
                        && !ADDRESS.matcher(serverName).matches());
    }

    /** What one signs, the other verifies. */
    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        try {
            Signature signature = Signature.getInstance(algorithm(privateKey));
            signature.initSign(privateKey);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
