package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.logout.BackChannelLogout;
import io.gatehouse.emulator.okta.OktaState;
import io.gatehouse.emulator.session.AdjustableClock;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.AdministrationEvents;
import io.gatehouse.emulator.webhook.Webhooks;
import io.gatehouse.emulator.wire.Wire;
import java.util.Map;

/** {@code /control/...}: everything a test may see and change, in JSON. Never part of a real Logto. */
public final class ControlApi implements Handler {

    private final Routes routes = new Routes();

    /**
     * Over one state of the emulator; a reset makes a new one.
     *
     * @param reset puts everything back to how it was at the start
     */
    public ControlApi(
            Tenant tenant,
            SigningKeys keys,
            AdjustableClock clock,
            Wire wire,
            Webhooks webhooks,
            BackChannelLogout backChannel,
            OktaState okta,
            Runnable reset) {
        administer(tenant, new AdministrationEvents(webhooks));
        new ExperienceControl(tenant, okta).addTo(routes);
        new KeyControl(keys).addTo(routes);
        new TimeControl(tenant.lifetimes(), clock).addTo(routes);
        new WebhookControl(webhooks, tenant.identifiers()).addTo(routes);
        new WireControl(wire, new FaultReader(keys, tenant.identifiers())).addTo(routes);
        new LogoutTokenControl(tenant, keys, backChannel).addTo(routes);
        new AccessTokenControl(tenant, keys).addTo(routes);
        routes.post("/control/reset", _ -> reset(reset));
    }

    private void administer(Tenant tenant, AdministrationEvents events) {
        var users = new UserControl(tenant, events);
        users.addTo(routes);
        new SessionControl(tenant, users).addTo(routes);
        new DirectoryControl(tenant, events, users).addTo(routes);
        new ApplicationControl(tenant).addTo(routes);
    }

    private static Reply reset(Runnable reset) {
        reset.run();
        return Response.empty(204);
    }

    @Override
    public Reply handle(Request request) {
        try {
            return routes.handle(request);
        } catch (BadRequest bad) {
            return Response.json(400, Map.of("error", bad.getMessage()));
        } catch (NotThere missing) {
            return Response.json(404, Map.of("error", missing.getMessage()));
        }
    }
}
