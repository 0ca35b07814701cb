package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.Identifiers;
import io.gatehouse.emulator.webhook.Webhook;
import io.gatehouse.emulator.webhook.Webhooks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Webhooks. The signing key is told once, when the webhook is made. */
final class WebhookControl {

    private final Webhooks webhooks;
    private final Identifiers identifiers;

    WebhookControl(Webhooks webhooks, Identifiers identifiers) {
        this.webhooks = webhooks;
        this.identifiers = identifiers;
    }

    void addTo(Routes routes) {
        routes.get(
                        "/control/webhooks",
                        _ -> Response.json(
                                200,
                                webhooks.all().all().stream()
                                        .map(WebhookControl::view)
                                        .toList()))
                .post("/control/webhooks", this::create)
                .on("DELETE", "/control/webhooks/{id}", this::delete);
    }

    private Reply create(Request request) {
        Body body = Body.of(request);
        var webhook = new Webhook(
                identifiers.longId(),
                body.textOr("name", "webhook"),
                body.text("url"),
                body.setOr("events", Set.of()),
                new Secret(body.textOr("signingKey", identifiers.secret())));
        webhooks.all().put(webhook);
        var view = view(webhook);
        view.put("signingKey", webhook.signingKey().value());
        return Response.json(201, view);
    }

    private Reply delete(Request request) {
        String id = request.pathVariable("id");
        if (!webhooks.all().remove(id)) {
            throw new NotThere("webhook " + id);
        }
        return Response.empty(204);
    }

    private static Map<String, Object> view(Webhook webhook) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", webhook.id());
        view.put("name", webhook.name());
        view.put("url", webhook.url());
        view.put("events", webhook.events());
        return view;
    }
}
