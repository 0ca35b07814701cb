package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionRecord;
import io.gatehouse.gateway.session.SessionTokens;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh changes in a session.
 *
 * @param used the refresh token that was sent
 * @param rotated the one to use from now on; null if the old one stays valid (RFC 6749, section 6)
 * @param name of the access token
 * @param token null if there is none to be used
 * @param idToken null if there is none to be used
 * @param claims what it says; null if there is none
 * @param defect why the answer is of no use, although the refresh token in it has to be kept; null if it is of use
 * @param requestedAt when it was asked for
 */
record Renewal(
        String used,
        @Nullable String rotated,
        String name,
        @Nullable AccessToken token,
        @Nullable String idToken,
        @Nullable Map<String, Object> claims,
        @Nullable GatewayException defect,
        Instant requestedAt) {

    /**
     * The next revision. What the session has got from a newer refresh meanwhile stays: a refresh token that took the
     * place of the one that was sent, too, for this one has been overtaken.
     */
    SessionRecord appliedTo(SessionRecord session) {
        SessionTokens held = session.tokens();
        SessionTokens next = used.equals(held.refreshToken()) ? held.rotated(rotated) : held;
        if (token != null && !isOvertaken(held)) {
            next = next.with(name, token);
        }
        boolean isNews = !session.identityAsOf().isAfter(requestedAt) && defect == null;
        if (!isNews) {
            return session.with(next);
        }
        return session.with(identity(session.identity()), idToken == null ? next : next.identifiedBy(idToken));
    }

    /** An IdP that sends no ID token has confirmed the person all the same. */
    private Identity identity(Identity held) {
        return held.with(claims == null ? held.claims() : claims, requestedAt);
    }

    private boolean isOvertaken(SessionTokens held) {
        return held.access(name)
                .filter(newer -> newer.issuedAt().isAfter(requestedAt))
                .isPresent();
    }

    /** Never a token. */
    @Override
    public String toString() {
        return "Renewal[" + name + "]";
    }
}
