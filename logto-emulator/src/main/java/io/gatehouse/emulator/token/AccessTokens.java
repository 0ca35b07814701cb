package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.keys.Jwt;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.AccessToken;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two kinds of access token: opaque and on record, or a JWT (RFC 9068) that nobody can take back. */
final class AccessTokens {

    private final Tenant tenant;
    private final SigningKeys keys;

    AccessTokens(Tenant tenant, SigningKeys keys) {
        this.tenant = tenant;
        this.keys = keys;
    }

    /** @param source null for an application acting for itself */
    Issued opaque(@Nullable TokenSource source, String clientId, Set<String> scopes) {
        Instant now = tenant.clock().instant();
        Duration ttl = tenant.lifetimes().of(Lifetime.ACCESS_TOKEN_LIFETIME);
        var token = new AccessToken(tenant.identifiers().secret(), source, clientId, scopes, now, now.plus(ttl));
        tenant.grants().save(token);
        return new Issued(token.value(), ttl.toSeconds(), scopes);
    }

    /**
     * For an API, which may have a say in the lifetime.
     *
     * @param extra claims besides the standard ones
     */
    Issued forResource(
            String subject,
            String clientId,
            String indicator,
            Set<String> scopes,
            Map<String, @Nullable Object> extra) {
        Duration ttl = tenant.directory()
                .resources()
                .find(indicator)
                .map(ApiResource::accessTokenTtl)
                .orElse(tenant.lifetimes().of(Lifetime.RESOURCE_ACCESS_TOKEN_LIFETIME));
        return jwt(subject, clientId, indicator, scopes, ttl, extra);
    }

    /** For work in one organization. */
    Issued forOrganization(String subject, String clientId, Organization organization, Set<String> scopes) {
        Duration ttl = tenant.lifetimes().of(Lifetime.ACCESS_TOKEN_LIFETIME);
        return jwt(subject, clientId, "urn:logto:organization:" + organization.id(), scopes, ttl, Map.of());
    }

    private Issued jwt(
            String subject,
            String clientId,
            String audience,
            Set<String> scopes,
            Duration ttl,
            Map<String, @Nullable Object> extra) {
        var claims = new AccessTokenClaims(tenant).claims(subject, clientId, audience, scopes, ttl);
        claims.putAll(extra);
        return new Issued(Jwt.sign(keys.current(), AccessTokenClaims.TYPE, claims), ttl.toSeconds(), scopes);
    }

    /** A token as the response tells it. */
    record Issued(String value, long expiresIn, Set<String> scopes) {}
}
