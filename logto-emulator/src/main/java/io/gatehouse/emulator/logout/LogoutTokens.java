package io.gatehouse.emulator.logout;

import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
public final class LogoutTokens {

    /** The {@code typ} in their header. */
    public static final String TYPE = "logout+jwt";

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Tenant tenant;

    public LogoutTokens(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * The claims of a token for one application.
     *
     * @param sid null for an application that does not want it
     */
    public Map<String, @Nullable Object> claims(@Nullable String subject, @Nullable String sid, String clientId) {
        Instant now = tenant.clock().instant();
        var claims = new LinkedHashMap<String, @Nullable Object>();
        if (subject != null) {
            claims.put("sub", subject);
        }
        claims.put("events", Map.of(EVENT, Map.of()));
        claims.put("jti", tenant.identifiers().secret());
        if (sid != null) {
            claims.put("sid", sid);
        }
        claims.put("aud", clientId);
        claims.put(
                "exp",
                now.plus(tenant.lifetimes().of(Lifetime.LOGOUT_TOKEN_LIFETIME)).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("iss", tenant.issuer());
        return claims;
    }
}
