package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.AccessToken;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.util.Optional;
import java.util.Set;

/** {@code /oidc/me}: for opaque tokens with {@code openid}; a resource's JWT is no good here. */
public final class UserInfoEndpoint implements Handler {

    private final Tenant tenant;
    private final UserClaims userClaims;

    public UserInfoEndpoint(Tenant tenant) {
        this.tenant = tenant;
        this.userClaims = new UserClaims(tenant.directory());
    }

    @Override
    public Reply handle(Request request) {
        try {
            return Response.json(200, userClaims.forUserInfo(user(request), scopes(request)));
        } catch (OidcProblem problem) {
            throw problem.challenging("Bearer", tenant.issuer());
        }
    }

    private User user(Request request) {
        return Optional.ofNullable(token(request).source())
                .map(TokenSource::accountId)
                .flatMap(tenant.directory()::activeUser)
                .orElseThrow(OidcProblem::invalidToken);
    }

    private Set<String> scopes(Request request) {
        AccessToken token = token(request);
        if (!token.scopes().contains("openid")) {
            throw OidcProblem.insufficientScope("access token missing openid scope", "openid");
        }
        return token.scopes();
    }

    private AccessToken token(Request request) {
        return request.header("authorization")
                .filter(it -> it.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(it -> it.substring(7))
                .or(() -> request.form().first("access_token"))
                .flatMap(tenant.grants()::findAccessToken)
                .orElseThrow(OidcProblem::invalidToken);
    }
}
