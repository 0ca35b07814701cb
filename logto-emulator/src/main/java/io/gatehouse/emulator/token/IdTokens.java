package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.User;
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
import java.util.Collection;
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
    String issue(Application client, User user, TokenSource source, Collection<String> scopes, String grantType) {
        Instant now = tenant.clock().instant();
        Map<String, @Nullable Object> claims = userClaims.forIdToken(user, scopes);
        if (source.authTime() != null) {
            claims.put("auth_time", source.authTime().getEpochSecond());
        }
        if (source.nonce() != null) {
            claims.put("nonce", source.nonce());
        }
        if (source.sid() != null) {
            claims.put("sid", source.sid());
        }
        claims.put("aud", client.id());
        claims.put("exp", now.plus(lifetime(client)).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("iss", tenant.issuer());
        faults.take(Endpoint.TOKEN, grantType, Effect.IdTokenClaim.class)
                .forEach(it -> it.edit().apply(it.name(), claims));
        List<Effect.IdTokenSignature> wrong = faults.take(Endpoint.TOKEN, grantType, Effect.IdTokenSignature.class);
        return wrong.isEmpty()
                ? Jwt.sign(keys.current(), null, claims)
                : new Forgery(keys).sign(wrong.getFirst().signature(), null, secret(client), claims);
    }

    private static String secret(Application client) {
        return client.secrets().values().stream().map(Secret::value).findFirst().orElse("");
    }

    private Duration lifetime(Application client) {
        Duration own = client.tokenPolicy().idTokenTtl();
        return own == null ? tenant.lifetimes().of(Lifetime.ID_TOKEN_LIFETIME) : own;
    }
}
