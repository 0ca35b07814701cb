package io.gatehouse.gateway.logout;

import org.jspecify.annotations.Nullable;

/**
 * Whose sign-out the IdP tells about (OpenID Connect Back-Channel Logout 1.0, section 2.4).
 *
 * @param id the IdP's name for the token, used once
 * @param subject the person; null if only a session is named
 * @param sid the session at the IdP; null if all of the person's are meant
 */
record LogoutToken(
        String id, @Nullable String subject, @Nullable String sid) {

    LogoutToken {
        if (subject == null && sid == null) {
            throw new LogoutRefusedException(LogoutRefusal.SUBJECT);
        }
    }
}
