package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid authorization request (RFC 6749, section 4.1.1).
 *
 * @param parameters all that was sent, in the query or pushed
 * @param scopes those asked for, without an {@code offline_access} that was not asked for properly
 * @param resources indicators, each of them known
 * @param maxAge null if the user's last sign-in may be of any age
 * @param hintedSubject whom {@code id_token_hint} names; null without a hint
 * @param pushedId what {@code request_uri} referred to; null if nothing was pushed (RFC 9126)
 */
public record AuthorizationRequest(
        Parameters parameters,
        Application client,
        String redirectUri,
        ResponseMode responseMode,
        Set<String> scopes,
        List<String> resources,
        Set<String> prompts,
        @Nullable Duration maxAge,
        @Nullable String hintedSubject,
        @Nullable String pushedId) {

    Optional<String> parameter(String name) {
        return parameters.first(name);
    }

    /** Whether the ID token tells when the user signed in: only to those who care. */
    boolean wantsAuthTime() {
        return maxAge != null || prompts.contains("login");
    }
}
