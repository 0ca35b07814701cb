package io.gatehouse.emulator.session;

import io.gatehouse.emulator.directory.Application;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a code hands to the tokens made from it, and a refresh token to those after it.
 *
 * @param expiresWithSession whether the end of the browser session ends these tokens: without {@code offline_access}
 * @param sid null if the application does not ask for back-channel logout by session
 * @param scopes user and API scopes granted to this request
 * @param resources the resource indicators of the authorization request
 * @param authTime null unless the request asked for a fresh sign-in
 */
public record TokenSource(
        String accountId,
        String clientId,
        String grantId,
        String sessionUid,
        boolean expiresWithSession,
        @Nullable String sid,
        Set<String> scopes,
        List<String> resources,
        @Nullable String nonce,
        @Nullable Instant authTime) {

    public boolean belongsTo(Application client) {
        return clientId.equals(client.id());
    }
}
