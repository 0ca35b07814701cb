package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interaction;
import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.authorize.LogtoCookies;
import io.gatehouse.emulator.authorize.Prompt;
import io.gatehouse.emulator.http.Html;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.page.Layout;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Tenant;
import java.util.Map;
import java.util.Optional;

/** {@code /consent}: granted in passing for our own applications, asked for a third party's. */
final class ConsentPage {

    private final Tenant tenant;
    private final Interactions interactions;
    private final LogtoCookies cookies;

    ConsentPage(Tenant tenant, Interactions interactions, LogtoCookies cookies) {
        this.tenant = tenant;
        this.interactions = interactions;
        this.cookies = cookies;
    }

    Reply show(Request request) {
        Optional<Interaction> interaction = waiting(request);
        if (interaction.isEmpty()) {
            return LostPages.redirect(tenant.directory());
        }
        return interaction.get().request().client().isThirdParty()
                ? Response.html(200, ask(interaction.get()))
                : grant(request, interaction.get());
    }

    Reply submit(Request request) {
        return waiting(request).map(it -> grant(request, it)).orElseGet(LostPages::sessionNotFound);
    }

    private Optional<Interaction> waiting(Request request) {
        return interactions.of(request).filter(it -> it.prompt() == Prompt.CONSENT);
    }

    /** All of a browser's sign-ins to one application share a grant, which grows. */
    private Response grant(Request request, Interaction interaction) {
        Optional<BrowserSession> session = cookies.session(request);
        Optional<String> user = session.map(BrowserSession::accountId);
        if (user.isEmpty()) {
            return LostPages.sessionNotFound();
        }
        if (!interaction.request().client().admits(user.get())) {
            return LostPages.accessDenied();
        }
        Grant grant = session.flatMap(it -> it.grantOf(interaction.clientId()))
                .flatMap(tenant.grants()::find)
                .orElseGet(() -> tenant.grants().draft(user.get(), interaction.clientId()))
                .with(interaction.missingOpenid(), interaction.missingResource());
        tenant.grants().save(grant);
        tenant.directory().users().update(user.get(), it -> it.withFirstApplication(interaction.clientId()));
        return interactions.consented(interaction, grant);
    }

    /** Cancelling leads to the bare redirect URI: no code, no error, no state. */
    private static String ask(Interaction interaction) {
        var client = interaction.request().client();
        String content = """
            <p>%1$s would like to access your account.</p>
            <form method="post" action="%2$s"><button type="submit">Authorize</button></form>
            <nav><a href="%3$s">Cancel</a></nav>
            """.formatted(
                        Html.escape(client.name()),
                        Html.escape("/consent?" + Parameters.encode(Map.of("app_id", client.id()))),
                        Html.escape(interaction.request().redirectUri()));
        return Layout.page(ScreenPage.PRODUCT, "Authorize " + client.name(), content);
    }
}
