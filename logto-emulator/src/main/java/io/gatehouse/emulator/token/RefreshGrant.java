package io.gatehouse.emulator.token;

import io.gatehouse.emulator.client.RequiredParameters;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.RefreshToken;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code refresh_token}. Whatever is wrong with the token, the answer is the same {@code invalid_grant}; a rotated
 * token used after its grace takes the whole grant with it.
 */
final class RefreshGrant implements GrantHandler {

    private static final String ORGANIZATIONS_SCOPE = "urn:logto:scope:organizations";

    private final Tenant tenant;
    private final UserTokens userTokens;
    private final RefreshTokens refreshTokens;

    RefreshGrant(Tenant tenant, UserTokens userTokens, RefreshTokens refreshTokens) {
        this.tenant = tenant;
        this.userTokens = userTokens;
        this.refreshTokens = refreshTokens;
    }

    @Override
    public TokenAnswer exchange(Application client, Parameters form) {
        RefreshToken token = find(client, form);
        TokenSource source = token.source();
        var request = TokenRequest.of(tenant, client, form, source, scopes(form, source));
        refuseReplay(token);
        if (!client.admits(request.user().id())) {
            throw OidcProblem.accessDenied(400, "Access denied.");
        }
        Organization organization = organization(form, source, request.user());
        // Logto rotates before it looks at the resource: a refused one costs the caller its refresh token, too.
        String next = refreshTokens.next(client, token);
        return userTokens.issue(request, organization).withRefreshToken(next);
    }

    private RefreshToken find(Application client, Parameters form) {
        return tenant.grants()
                .findRefreshToken(RequiredParameters.in(form, "refresh_token"))
                .filter(it -> it.source().belongsTo(client))
                .orElseThrow(OidcProblem::invalidGrant);
    }

    /** A subset may be asked for (RFC 6749, section 6). */
    private static Set<String> scopes(Parameters form, TokenSource source) {
        if (!form.has("scope")) {
            return source.scopes();
        }
        var asked = new LinkedHashSet<>(
                Arrays.asList(form.first("scope").orElseThrow().split(" ", -1)));
        var missing = new LinkedHashSet<>(asked);
        missing.removeAll(source.scopes());
        if (!missing.isEmpty()) {
            throw OidcProblem.invalidScope(
                    "refresh token missing requested " + (missing.size() == 1 ? "scope" : "scopes"),
                    String.join(" ", missing));
        }
        return asked;
    }

    private void refuseReplay(RefreshToken token) {
        if (token.isReplayed(
                tenant.lifetimes().of(Lifetime.REUSE_INTERVAL), tenant.clock().instant())) {
            tenant.grants().revoke(token.source().grantId());
            throw OidcProblem.invalidGrant();
        }
    }

    /** Null if the request names no organization. */
    private @Nullable Organization organization(Parameters form, TokenSource source, User user) {
        if (!form.has("organization_id")) {
            return null;
        }
        Organization organization = form.first("organization_id")
                .flatMap(tenant.directory().organizations()::find)
                .filter(it -> it.hasMember(user.id()))
                .orElseThrow(() -> OidcProblem.accessDenied(403, "user is not a member of the organization"));
        if (!source.scopes().contains(ORGANIZATIONS_SCOPE)) {
            throw OidcProblem.insufficientScope("refresh token missing required scope", ORGANIZATIONS_SCOPE);
        }
        return organization;
    }
}
