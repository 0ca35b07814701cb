package io.gatehouse.gateway.ops;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The port for operators. Nothing of it is on the public port.
 *
 * @param port 0 takes any free one
 * @param address the address it listens on; only this machine unless set, such as to {@code 0.0.0.0} in a pod
 * @param key the secret that operators send as {@code Authorization: Bearer} to administer sessions, at least 32
 *     characters; without it or client certificates that is not possible
 * @param sslBundle the name of a bundle below {@code spring.ssl.bundle} with the certificate of this port, which then
 *     speaks TLS, to probes as well
 * @param clientAuthentication {@code required}: in place of the key operators need a client certificate from one of the
 *     authorities in the bundle's trust store. Probes do not
 */
public record OpsProperties(
        @DefaultValue("9091") @Min(0) @Max(65535) int port,
        @DefaultValue("127.0.0.1") String address,
        @Nullable OpsKey key,
        @Nullable String sslBundle,
        @DefaultValue("none") ClientAuthentication clientAuthentication) {

    /** Whether operators need a client certificate. */
    public enum ClientAuthentication {
        /** They need the key. */
        NONE,
        /** They need a certificate. */
        REQUIRED
    }

    @AssertTrue(message = "client-authentication: required needs an ssl-bundle")
    boolean isClientAuthenticationPossible() {
        return !isCertificateRequired() || sslBundle != null;
    }

    @AssertTrue(
            message =
                    "key and client-authentication: required exclude each other, because the certificate stands in for"
                            + " the key")
    boolean isOneProof() {
        return !isCertificateRequired() || key == null;
    }

    boolean isCertificateRequired() {
        return clientAuthentication == ClientAuthentication.REQUIRED;
    }
}
