package io.gatehouse.emulator.session;

import org.jspecify.annotations.Nullable;

/**
 * What one application has in one browser session. Every sign-in from that browser shares it.
 *
 * @param sid the session id this application sees in ID and logout tokens
 * @param grantId null until something was granted
 * @param persistsLogout whether the grant outlives the session, because {@code offline_access} was granted once
 */
public record ClientAuthorization(String sid, @Nullable String grantId, boolean persistsLogout) {

    ClientAuthorization withGrant(String grant) {
        return new ClientAuthorization(sid, grant, persistsLogout);
    }

    ClientAuthorization persistent() {
        return new ClientAuthorization(sid, grantId, true);
    }
}
