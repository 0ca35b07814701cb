package io.gatehouse.gateway.route;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Certificates as a PEM file had them (RFC 7468) when it was read.
 *
 * @param file its path
 * @param certificates at least one, in their order
 */
public record PemCertificates(String file, List<X509Certificate> certificates) {

    public PemCertificates {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if there is none, or no certificate in it
     */
    public static PemCertificates of(String file) {
        try {
            return new PemCertificates(
                    file, PemContent.load(Path.of(file.strip())).getCertificates());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot be read; it must be a PEM file that the gateway's user may read", unreadable);
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            throw new IllegalArgumentException(
                    "has no certificate; it must be a PEM file with blocks that begin with -----BEGIN CERTIFICATE-----",
                    malformed);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
