package io.gatehouse.emulator;

import io.gatehouse.emulator.authorize.AuthorizationEndpoint;
import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.authorize.LogtoCookies;
import io.gatehouse.emulator.authorize.PushedRequestEndpoint;
import io.gatehouse.emulator.client.ClientAuthentication;
import io.gatehouse.emulator.control.ControlApi;
import io.gatehouse.emulator.discovery.DiscoveryEndpoint;
import io.gatehouse.emulator.discovery.JwksEndpoint;
import io.gatehouse.emulator.experience.Experience;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.HttpDate;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.IdTokenHints;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.logout.BackChannelLogout;
import io.gatehouse.emulator.logout.EndSessionEndpoint;
import io.gatehouse.emulator.okta.OktaState;
import io.gatehouse.emulator.session.AdjustableClock;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.token.IssuedTokens;
import io.gatehouse.emulator.token.TokenEndpoint;
import io.gatehouse.emulator.token.UserInfoEndpoint;
import io.gatehouse.emulator.webhook.InteractionEvents;
import io.gatehouse.emulator.webhook.Webhooks;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Wire;
import java.time.Duration;

/** Everything on Logto's port, over one state; a reset replaces the whole. */
final class LogtoServer implements Handler {

    private static final Duration FIRST_WEBHOOK_RETRY = Duration.ofMillis(300);

    private final Routes routes = new Routes();
    private final Tenant tenant;
    private final SigningKeys keys;
    private final Wire wire;
    private final ClientAuthentication clients;
    private final Handler control;

    LogtoServer(
            EmulatorOptions options,
            Tenant tenant,
            SigningKeys keys,
            AdjustableClock clock,
            OktaState okta,
            Runnable reset) {
        this.tenant = tenant;
        this.keys = keys;
        this.wire = new Wire(clock);
        this.clients = new ClientAuthentication(tenant.directory(), tenant.issuer());
        var webhooks = new Webhooks(clock, FIRST_WEBHOOK_RETRY);
        var backChannel = new BackChannelLogout(tenant, keys, options.ssrfProtection());
        publish();
        browse(backChannel, new InteractionEvents(webhooks));
        tokens();
        this.control = new ControlApi(tenant, keys, clock, wire, webhooks, backChannel, okta, reset);
    }

    @Override
    public Reply handle(Request request) {
        if (request.path().startsWith("/control/")) {
            return control.handle(request);
        }
        Reply reply = routes.handle(request);
        return reply instanceof Response response
                ? uncached(response)
                        .with("date", HttpDate.format(tenant.clock().instant()))
                        .with("logto-core-request-id", tenant.identifiers().longId())
                : reply;
    }

    /** All of Logto's answers are, but for the keys. */
    private static Response uncached(Response response) {
        return response.header("cache-control").isPresent() ? response : response.with("cache-control", "no-store");
    }

    private void publish() {
        Handler discovery = wire.expose(Endpoint.DISCOVERY, new DiscoveryEndpoint(tenant.issuer(), keys));
        routes.get("/oidc/.well-known/openid-configuration", discovery)
                .get("/oidc/.well-known/oauth-authorization-server", discovery)
                .get("/oidc/jwks", wire.expose(Endpoint.JWKS, new JwksEndpoint(keys, wire.faults())));
    }

    /** What browsers are sent to. */
    private void browse(BackChannelLogout backChannel, InteractionEvents events) {
        var cookies = new LogtoCookies(tenant);
        var hints = new IdTokenHints(keys, tenant.issuer());
        var interactions = new Interactions(tenant, cookies);
        authorize(new AuthorizationEndpoint(tenant, interactions, cookies, hints, wire.faults()));
        logout(new EndSessionEndpoint(tenant, cookies, hints, backChannel));
        new Experience(tenant, interactions, cookies, events).addTo(routes);
    }

    private void authorize(AuthorizationEndpoint endpoint) {
        Handler begin = wire.expose(Endpoint.AUTHORIZE, endpoint::begin);
        routes.get("/oidc/auth", begin)
                .post("/oidc/auth", begin)
                .get("/oidc/auth/{uid}", wire.expose(Endpoint.AUTHORIZE, endpoint::resume))
                .post(
                        "/oidc/request",
                        wire.expose(
                                Endpoint.PUSHED_REQUEST,
                                new PushedRequestEndpoint(clients, endpoint, tenant.lifetimes())));
    }

    private void tokens() {
        var issued = new IssuedTokens(tenant, clients);
        Handler userInfo = wire.expose(Endpoint.USERINFO, new UserInfoEndpoint(tenant));
        routes.post("/oidc/token", wire.expose(Endpoint.TOKEN, new TokenEndpoint(tenant, keys, clients, wire.faults())))
                .get("/oidc/me", userInfo)
                .post("/oidc/me", userInfo)
                .post("/oidc/token/introspection", wire.expose(Endpoint.INTROSPECTION, issued::introspect))
                .post("/oidc/token/revocation", wire.expose(Endpoint.REVOCATION, issued::revoke));
    }

    private void logout(EndSessionEndpoint endpoint) {
        Handler begin = wire.expose(Endpoint.END_SESSION, endpoint::begin);
        routes.get("/oidc/session/end", begin)
                .post("/oidc/session/end", begin)
                .post("/oidc/session/end/confirm", wire.expose(Endpoint.END_SESSION, endpoint::confirm))
                .get("/oidc/session/end/success", endpoint::success);
    }
}
