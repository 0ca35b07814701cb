package io.gatehouse.emulator.token;

import io.gatehouse.emulator.client.ClientAuthentication;
import io.gatehouse.emulator.client.RepeatedParameters;
import io.gatehouse.emulator.client.RequiredParameters;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.wire.Faults;
import java.util.Map;
import java.util.Set;

/** {@code /oidc/token}. */
public final class TokenEndpoint implements Handler {

    /** Announced, but switched off for every application here. */
    private static final Set<String> DISABLED_GRANTS =
            Set.of("urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:token-exchange");

    private final ClientAuthentication clients;
    private final Map<String, GrantHandler> handlers;

    public TokenEndpoint(Tenant tenant, SigningKeys keys, ClientAuthentication clients, Faults faults) {
        this.clients = clients;
        var userTokens = new UserTokens(tenant, keys, faults);
        var refreshTokens = new RefreshTokens(tenant);
        this.handlers = Map.of(
                "authorization_code", new CodeGrant(tenant, userTokens, refreshTokens),
                "refresh_token", new RefreshGrant(tenant, userTokens, refreshTokens),
                "client_credentials", new ClientCredentialsGrant(tenant, new AccessTokens(tenant, keys)));
    }

    @Override
    public Reply handle(Request request) {
        Parameters form = request.form();
        Application client = clients.authenticate(request, form);
        String grantType = RequiredParameters.in(form, "grant_type");
        GrantHandler handler = handlers.get(grantType);
        if (handler == null && !DISABLED_GRANTS.contains(grantType)) {
            throw OidcProblem.of(400, "unsupported_grant_type", "unsupported grant_type requested");
        }
        if (handler == null || !client.type().allows(grantType)) {
            throw OidcProblem.invalidRequest("requested grant type is not allowed for this client");
        }
        RepeatedParameters.refuse(form);
        TokenAnswer answer = handler.exchange(client, form);
        return Response.json(200, answer.body());
    }
}
