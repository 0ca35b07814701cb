package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interaction;
import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import java.util.Optional;

/** Shows the forms and takes what people fill in. */
final class SignInPages {

    private final Directory directory;
    private final Interactions interactions;
    private final ScreenPage page;
    private final LocalAccounts accounts;
    private final EnterpriseSignIn enterprise;

    SignInPages(Directory directory, Interactions interactions, LocalAccounts accounts, EnterpriseSignIn enterprise) {
        this.directory = directory;
        this.interactions = interactions;
        this.page = new ScreenPage(directory);
        this.accounts = accounts;
        this.enterprise = enterprise;
    }

    /** Without an interaction there is nothing to sign in to. */
    Reply show(Request request) {
        Optional<Interaction> found = interactions.of(request);
        if (found.isEmpty()) {
            return LostPages.redirect(directory);
        }
        Interaction interaction = found.get();
        String notice = interaction.notice();
        if (!notice.isEmpty()) {
            interactions.save(interaction.withNotice(""));
        }
        Screen screen = Screen.at(request.path()).orElseThrow();
        String hint = screen.prefills() ? request.query().first("login_hint").orElse("") : "";
        return draw(200, screen, interaction, request.query(), hint, notice);
    }

    /** A form of an interaction that is over, or that another tab has overtaken, leads nowhere. */
    Reply submit(Request request) {
        Optional<Interaction> found = interactions.of(request);
        if (found.isEmpty()) {
            return LostPages.sessionNotFound();
        }
        Interaction interaction = found.get();
        String identifier = request.form().first("identifier").orElse("").strip();
        Optional<Connector> connector = directory.connectorClaiming(identifier);
        return connector.isPresent()
                ? enterprise.start(interaction, connector.get())
                : submit(request, interaction, identifier);
    }

    private Response submit(Request request, Interaction interaction, String identifier) {
        Screen screen = Screen.at(request.path()).orElseThrow();
        String password = request.form().first("password").orElse("");
        try {
            return accounts.submit(screen, request, interaction, identifier, password);
        } catch (RejectedForm rejected) {
            return draw(422, screen, interaction, request.query(), identifier, rejected.reason());
        }
    }

    private Response draw(
            int status, Screen screen, Interaction interaction, Parameters query, String identifier, String alert) {
        return Response.html(status, page.draw(screen, interaction.clientId(), query, identifier, alert));
    }
}
