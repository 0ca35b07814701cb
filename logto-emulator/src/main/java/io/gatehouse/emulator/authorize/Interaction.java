package io.gatehouse.emulator.authorize;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that waits for the user.
 *
 * @param sessionUid the browser session it was made in; null if nobody was signed in
 * @param missingOpenid user scopes to consent to
 * @param missingResource API scopes to consent to, by resource indicator
 * @param attempt null while the user is not at an enterprise provider
 * @param notice what the next page says once, such as a failure at the provider; empty for nothing
 */
public record Interaction(
        String uid,
        Prompt prompt,
        AuthorizationRequest request,
        @Nullable String sessionUid,
        Set<String> missingOpenid,
        Map<String, Set<String>> missingResource,
        InteractionResult result,
        @Nullable SsoAttempt attempt,
        String notice,
        Instant expiresAt) {

    public String clientId() {
        return request.client().id();
    }

    Interaction withResult(InteractionResult changed) {
        return new Interaction(
                uid, prompt, request, sessionUid, missingOpenid, missingResource, changed, null, "", expiresAt);
    }

    public Interaction withAttempt(SsoAttempt started) {
        return new Interaction(
                uid, prompt, request, sessionUid, missingOpenid, missingResource, result, started, "", expiresAt);
    }

    public Interaction withNotice(String said) {
        return new Interaction(
                uid, prompt, request, sessionUid, missingOpenid, missingResource, result, null, said, expiresAt);
    }

    /** The old session is about to end so that another user can have the browser. */
    Interaction withoutSession() {
        return new Interaction(
                uid, prompt, request, null, missingOpenid, missingResource, result, attempt, notice, expiresAt);
    }
}
