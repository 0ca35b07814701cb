package io.gatehouse.emulator.token;

import io.gatehouse.emulator.session.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of JWT access tokens, in the order in which Logto has them. */
public final class AccessTokenClaims {

    /** The {@code typ} in their header. */
    public static final String TYPE = "at+jwt";

    private final Tenant tenant;

    public AccessTokenClaims(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The claims of a token that is issued now. */
    public Map<String, @Nullable Object> claims(
            String subject, String clientId, String audience, Set<String> scopes, Duration ttl) {
        Instant now = tenant.clock().instant();
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("jti", tenant.identifiers().secret());
        claims.put("sub", subject);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(ttl).getEpochSecond());
        claims.put("scope", String.join(" ", scopes));
        claims.put("client_id", clientId);
        claims.put("iss", tenant.issuer());
        claims.put("aud", audience);
        return claims;
    }
}
