package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.keys.Forgery;
import io.gatehouse.emulator.keys.Jwt;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logto's ID tokens: no {@code typ}, no {@code at_hash}, milliseconds and nulls where OpenID Connect has none. */
final class IdTokens {

    private final Tenant tenant;
    private final SigningKeys keys;
    private final UserClaims userClaims;
    private final Faults faults;

    IdTokens(Tenant tenant, SigningKeys keys, Faults faults) {
        this.tenant = tenant;
        this.keys = keys;
        this.userClaims = new UserClaims(tenant.directory());
        this.faults = faults;
    }

    /** A token for these scopes; a refreshed one repeats the nonce and the sign-in time of the first. */
    String issue(TokenRequest request) {
        String grantType = request.grantType();
        Map<String, @Nullable Object> claims = claims(request);
        faults.take(Endpoint.TOKEN, grantType, Effect.IdTokenClaim.class)
                .forEach(it -> it.edit().apply(it.name(), claims));
        List<Effect.IdTokenSignature> wrong = faults.take(Endpoint.TOKEN, grantType, Effect.IdTokenSignature.class);
        return wrong.isEmpty()
                ? Jwt.sign(keys.current(), null, claims)
                : new Forgery(keys).sign(wrong.getFirst().signature(), null, secret(request.client()), claims);
    }

    private Map<String, @Nullable Object> claims(TokenRequest request) {
        Map<String, @Nullable Object> claims = userClaims.forIdToken(request.user(), request.scopes());
        TokenSource source = request.source();
        if (source.authTime() != null) {
            claims.put("auth_time", source.authTime().getEpochSecond());
        }
        if (source.nonce() != null) {
            claims.put("nonce", source.nonce());
        }
        if (source.sid() != null) {
            claims.put("sid", source.sid());
        }
        Instant now = tenant.clock().instant();
        claims.put("aud", request.client().id());
        claims.put("exp", now.plus(lifetime(request.client())).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("iss", tenant.issuer());
        return claims;
    }

    private static String secret(Application client) {
        return client.secrets().values().stream().map(Secret::value).findFirst().orElse("");
    }

    private Duration lifetime(Application client) {
        return tenant.lifetimes()
                .of(Lifetime.ID_TOKEN_LIFETIME, client.tokenPolicy().idTokenTtl());
    }
}
