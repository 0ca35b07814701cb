package io.gatehouse.emulator.session;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opaque access token: good for userinfo and introspection. JWT access tokens are not on record.
 *
 * @param source null if the application got it for itself
 */
public record AccessToken(
        String value,
        @Nullable TokenSource source,
        String clientId,
        Set<String> scopes,
        Instant issuedAt,
        Instant expiresAt) {}
