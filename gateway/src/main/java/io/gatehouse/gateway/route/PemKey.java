package io.gatehouse.gateway.route;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Objects;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A private key as a PEM file had it (RFC 7468) when it was read.
 *
 * @param file its path
 */
public record PemKey(String file, PrivateKey key) {

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if there is none, or no key in it, with a message that names no key material
     */
    public static PemKey of(String file) {
        try {
            PrivateKey key = PemContent.load(Path.of(file.strip())).getPrivateKey();
            return new PemKey(file, Objects.requireNonNull(key));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot be read; it must be a PEM file that the gateway's user may read", unreadable);
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException malformed) {
            throw new IllegalArgumentException(
                    "has no private key; it must be a PEM file with a block that begins with -----BEGIN PRIVATE"
                            + " KEY-----, and not be encrypted",
                    malformed);
        }
    }

    /** Without key material. */
    @Override
    public String toString() {
        return file;
    }
}
