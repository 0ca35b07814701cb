package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The authorization requests that wait for a user. Thread-safe. */
public final class Interactions {

    private final Map<String, Interaction> byUid = new ConcurrentHashMap<>();
    private final Tenant tenant;
    private final LogtoCookies cookies;

    public Interactions(Tenant tenant, LogtoCookies cookies) {
        this.tenant = tenant;
        this.cookies = cookies;
    }

    /** The interaction this browser has for the page's {@code app_id}; empty if it is over or never was. */
    public Optional<Interaction> of(Request page) {
        String clientId = page.query().first("app_id").orElse("");
        return cookies.interaction(page, clientId)
                .flatMap(this::find)
                .filter(it -> clientId.isEmpty() || it.clientId().equals(clientId));
    }

    public void save(Interaction interaction) {
        byUid.put(interaction.uid(), interaction);
    }

    /** Somebody has signed in: back to the authorization request. */
    public Response loggedIn(Interaction interaction, String accountId) {
        save(interaction.withResult(
                new InteractionResult(accountId, interaction.result().grantId())));
        return Response.redirect(303, resumeUrl(interaction));
    }

    /** The user, or Logto in the user's name, has consented. */
    public Response consented(Interaction interaction, Grant grant) {
        save(interaction.withResult(new InteractionResult(interaction.result().accountId(), grant.id())));
        return Response.redirect(302, resumeUrl(interaction));
    }

    Optional<Interaction> find(String uid) {
        return Optional.ofNullable(byUid.get(uid))
                .filter(it -> tenant.clock().instant().isBefore(it.expiresAt()));
    }

    void end(Interaction interaction) {
        byUid.remove(interaction.uid());
    }

    /** Sends the browser to the page for what is demanded. */
    Response start(
            Request request,
            AuthorizationRequest asked,
            BrowserSession session,
            Demand demand,
            InteractionResult done) {
        Interaction interaction = begin(asked, session, demand, done);
        save(interaction);
        return Response.redirect(303, LoginUrl.of(interaction))
                .with(cookies.interaction(request, interaction, resumePath(interaction)));
    }

    private Interaction begin(
            AuthorizationRequest asked, BrowserSession session, Demand demand, InteractionResult done) {
        return new Interaction(
                tenant.identifiers().secret(),
                demand.prompt(),
                asked,
                session.accountId() == null ? null : session.uid(),
                demand.missingOpenid(),
                demand.missingResource(),
                done,
                null,
                "",
                tenant.clock().instant().plus(tenant.lifetimes().of(Lifetime.INTERACTION_LIFETIME)));
    }

    String resumePath(Interaction interaction) {
        return "/oidc/auth/" + interaction.uid();
    }

    String resumeUrl(Interaction interaction) {
        return tenant.issuer() + "/auth/" + interaction.uid();
    }
}
