package io.gatehouse.emulator.directory;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API that access tokens are made for.
 *
 * @param indicator its {@code resource} parameter and the {@code aud} of its tokens (RFC 8707)
 * @param accessTokenTtl null for the emulator's own default
 */
public record ApiResource(
        String id,
        String name,
        String indicator,
        Set<String> scopes,
        @Nullable Duration accessTokenTtl) {

    /** Asking for this resource makes the scopes of organization roles available. */
    public static final String ORGANIZATIONS = "urn:logto:resource:organizations";
}
