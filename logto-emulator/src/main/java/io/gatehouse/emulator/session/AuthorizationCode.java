package io.gatehouse.emulator.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code on its way through the browser.
 *
 * @param codeChallenge S256; null if the request had none
 */
public record AuthorizationCode(
        String value,
        TokenSource source,
        String redirectUri,
        @Nullable String codeChallenge,
        Instant expiresAt,
        boolean isConsumed) {

    AuthorizationCode consumed() {
        return new AuthorizationCode(value, source, redirectUri, codeChallenge, expiresAt, true);
    }
}
