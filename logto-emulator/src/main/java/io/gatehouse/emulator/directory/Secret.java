package io.gatehouse.emulator.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password or a client secret: comparable, not printable. */
public record Secret(String value) {

    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
