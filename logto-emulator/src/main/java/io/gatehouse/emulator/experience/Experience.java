package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.authorize.LogtoCookies;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.InteractionEvents;

/** All pages, at Logto's paths. */
public final class Experience {

    private final SignInPages signIn;
    private final EnterpriseSignIn enterprise;
    private final ConsentPage consent;

    public Experience(Tenant tenant, Interactions interactions, LogtoCookies cookies, InteractionEvents events) {
        var signIns = new SignIns(tenant, interactions, events);
        this.enterprise = new EnterpriseSignIn(tenant, interactions, signIns);
        this.signIn = new SignInPages(
                tenant.directory(), interactions, new LocalAccounts(tenant, signIns, events), enterprise);
        this.consent = new ConsentPage(tenant, interactions, cookies);
    }

    public void addTo(Routes routes) {
        for (Screen screen : Screen.values()) {
            routes.get(screen.path(), signIn::show).post(screen.path(), signIn::submit);
        }
        routes.get("/consent", consent::show)
                .post("/consent", consent::submit)
                .get("/direct/sso/{id}", enterprise::direct)
                .get("/direct/{method}/{id}", enterprise::fallBack)
                .get("/callback/{id}", enterprise::callback)
                .get("/unknown-session", _ -> LostPages.unknownSession())
                .get("/account-suspended", _ -> LostPages.accountSuspended());
    }
}
