package io.gatehouse.emulator.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The endpoints that are counted and can fail on purpose. */
public enum Endpoint {
    DISCOVERY,
    JWKS,
    /** The authorization endpoint, first pass and resumption. */
    AUTHORIZE,
    PUSHED_REQUEST,
    TOKEN,
    USERINFO,
    INTROSPECTION,
    REVOCATION,
    END_SESSION;

    /** The name in the control API, such as {@code end-session}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Endpoint> of(String label) {
        return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
    }
}
