package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens a user's application gets: an access token by {@code resource} and {@code organization_id}. */
final class UserTokens {

    private final Tenant tenant;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final Faults faults;

    UserTokens(Tenant tenant, SigningKeys keys, Faults faults) {
        this.tenant = tenant;
        this.accessTokens = new AccessTokens(tenant, keys);
        this.idTokens = new IdTokens(tenant, keys, faults);
        this.faults = faults;
    }

    /**
     * An access token, and an ID token where {@code openid} is among the scopes.
     *
     * @param organization null unless the access token is for work in one organization
     */
    TokenAnswer issue(TokenRequest request, @Nullable Organization organization) {
        var accessToken = accessToken(request, organization);
        String idToken = request.scopes().contains("openid") ? idTokens.issue(request) : null;
        return new TokenAnswer(accessToken, idToken, null);
    }

    private AccessTokens.Issued accessToken(TokenRequest request, @Nullable Organization organization) {
        boolean opaque = !faults.take(Endpoint.TOKEN, request.grantType(), Effect.OpaqueAccessToken.class)
                .isEmpty();
        if (organization != null && !request.form().has("resource") && !opaque) {
            return ofOrganization(request, organization);
        }
        Optional<String> resource = resource(request);
        if (resource.isEmpty() || opaque) {
            TokenSource source = request.source();
            return accessTokens.opaque(
                    source, source.clientId(), request.grant().openid(request.scopes()));
        }
        return ofResource(request, resource.get(), organization);
    }

    /**
     * The one resource the token is for. It has to be named in every token request; only a request that never had
     * {@code openid} falls back to the granted one. Naming two is no error and gets an opaque token.
     */
    private static Optional<String> resource(TokenRequest request) {
        Parameters form = request.form();
        List<String> granted = request.source().resources();
        List<String> asked =
                form.has("resource") || request.scopes().contains("openid") ? form.all("resource") : granted;
        if (asked.size() != 1) {
            return Optional.empty();
        }
        if (!granted.contains(asked.getFirst())) {
            throw OidcProblem.invalidTarget();
        }
        return Optional.of(asked.getFirst());
    }

    private AccessTokens.Issued ofOrganization(TokenRequest request, Organization organization) {
        Set<String> granted = new LinkedHashSet<>(tenant.directory().organizationScopes(organization, request.user()));
        granted.retainAll(request.scopes());
        return accessTokens.forOrganization(
                request.user().id(), request.client().id(), organization, granted);
    }

    private AccessTokens.Issued ofResource(TokenRequest request, String resource, @Nullable Organization organization) {
        User user = request.user();
        Set<String> granted = new LinkedHashSet<>(request.grant().resource(resource, request.scopes()));
        granted.retainAll(
                organization == null
                        ? tenant.directory().scopesOf(user, resource)
                        : tenant.directory().scopesIn(organization, user, resource));
        Map<String, @Nullable Object> extra =
                organization == null ? Map.of() : Map.of("organization_id", organization.id());
        return accessTokens.forResource(user.id(), request.client().id(), resource, granted, extra);
    }
}
