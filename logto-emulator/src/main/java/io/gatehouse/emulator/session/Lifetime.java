package io.gatehouse.emulator.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long things live, with Logto's defaults. */
public enum Lifetime {
    AUTHORIZATION_CODE_LIFETIME(Duration.ofSeconds(60)),
    /** A sign-in page left open. */
    INTERACTION_LIFETIME(Duration.ofHours(1)),
    PUSHED_REQUEST_LIFETIME(Duration.ofSeconds(60)),
    ID_TOKEN_LIFETIME(Duration.ofHours(1)),
    /** Opaque access tokens, and those of an organization. */
    ACCESS_TOKEN_LIFETIME(Duration.ofHours(1)),
    /** JWT access tokens of a resource that has no lifetime of its own. */
    RESOURCE_ACCESS_TOKEN_LIFETIME(Duration.ofHours(1)),
    REFRESH_TOKEN_LIFETIME(Duration.ofDays(14)),
    /** Since the browser was last seen. */
    SESSION_LIFETIME(Duration.ofDays(14)),
    GRANT_LIFETIME(Duration.ofDays(180)),
    LOGOUT_TOKEN_LIFETIME(Duration.ofMinutes(2)),
    /** Since a rotated refresh token was last used, how long it may be used again. */
    REUSE_INTERVAL(Duration.ofSeconds(3));

    private final Duration usual;

    Lifetime(Duration usual) {
        this.usual = usual;
    }

    Duration usual() {
        return usual;
    }

    /** The name as option and in the control API, such as {@code refresh-token-lifetime}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Lifetime> of(String label) {
        return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
    }
}
