package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which access token a user's application gets, by {@code resource} and {@code organization_id}. */
final class UserTokens {

    private final Tenant tenant;
    private final AccessTokens accessTokens;
    private final Faults faults;

    UserTokens(Tenant tenant, SigningKeys keys, Faults faults) {
        this.tenant = tenant;
        this.accessTokens = new AccessTokens(tenant, keys);
        this.faults = faults;
    }

    /**
     * @param scopes those asked for, or all of the source's
     * @param organization null unless the token is for work in one organization
     */
    AccessTokens.Issued issue(
            TokenSource source,
            Grant grant,
            User user,
            Parameters form,
            Set<String> scopes,
            @Nullable Organization organization) {
        String grantType = form.first("grant_type").orElse("");
        boolean opaque = !faults.take(Endpoint.TOKEN, grantType, Effect.OpaqueAccessToken.class)
                .isEmpty();
        if (organization != null && !form.has("resource") && !opaque) {
            return ofOrganization(source, user, scopes, organization);
        }
        Optional<String> resource = resource(source, form, scopes);
        if (resource.isEmpty() || opaque) {
            return accessTokens.opaque(source, source.clientId(), grant.openid(scopes));
        }
        return ofResource(source, grant, user, scopes, resource.get(), organization);
    }

    /**
     * The one resource the token is for. It has to be named in every token request; only a request that never had
     * {@code openid} falls back to the granted one. Naming two is no error and gets an opaque token.
     */
    private static Optional<String> resource(TokenSource source, Parameters form, Set<String> scopes) {
        List<String> asked =
                form.has("resource") || scopes.contains("openid") ? form.all("resource") : source.resources();
        if (asked.size() != 1) {
            return Optional.empty();
        }
        if (!source.resources().contains(asked.getFirst())) {
            throw OidcProblem.invalidTarget();
        }
        return Optional.of(asked.getFirst());
    }

    private AccessTokens.Issued ofOrganization(
            TokenSource source, User user, Set<String> scopes, Organization organization) {
        Set<String> granted = new LinkedHashSet<>(tenant.directory().organizationScopes(organization, user));
        granted.retainAll(scopes);
        return accessTokens.jwt(
                user.id(),
                source.clientId(),
                "urn:logto:organization:" + organization.id(),
                granted,
                tenant.lifetimes().of(Lifetime.ACCESS_TOKEN_LIFETIME),
                Map.of());
    }

    private AccessTokens.Issued ofResource(
            TokenSource source,
            Grant grant,
            User user,
            Set<String> scopes,
            String resource,
            @Nullable Organization organization) {
        Set<String> granted = new LinkedHashSet<>(grant.resource(resource, scopes));
        granted.retainAll(
                organization == null
                        ? tenant.directory().scopesOf(user, resource)
                        : tenant.directory().scopesIn(organization, user, resource));
        Map<String, @Nullable Object> extra =
                organization == null ? Map.of() : Map.of("organization_id", organization.id());
        return accessTokens.jwt(user.id(), source.clientId(), resource, granted, lifetime(resource), extra);
    }

    private Duration lifetime(String resource) {
        return tenant.directory()
                .resources()
                .find(resource)
                .map(ApiResource::accessTokenTtl)
                .orElse(tenant.lifetimes().of(Lifetime.RESOURCE_ACCESS_TOKEN_LIFETIME));
    }
}
