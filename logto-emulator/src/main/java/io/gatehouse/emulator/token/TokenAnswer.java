package io.gatehouse.emulator.token;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful token response (RFC 6749, section 5.1).
 *
 * @param idToken null without {@code openid}
 * @param refreshToken null if none was issued
 */
record TokenAnswer(
        AccessTokens.Issued accessToken,
        @Nullable String idToken,
        @Nullable String refreshToken) {

    /** An access token alone. */
    static TokenAnswer of(AccessTokens.Issued accessToken) {
        return new TokenAnswer(accessToken, null, null);
    }

    TokenAnswer withRefreshToken(String issued) {
        return new TokenAnswer(accessToken, idToken, issued);
    }

    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("access_token", accessToken.value());
        body.put("expires_in", accessToken.expiresIn());
        if (idToken != null) {
            body.put("id_token", idToken);
        }
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        body.put("scope", String.join(" ", accessToken.scopes()));
        body.put("token_type", "Bearer");
        return body;
    }
}
