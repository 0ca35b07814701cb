package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.client.RepeatedParameters;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.keys.IdTokenHints;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.PendingLogout;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /oidc/auth} and its resumption {@code /oidc/auth/<uid>} after the user has dealt with a page. */
public final class AuthorizationEndpoint {

    private final Tenant tenant;
    private final Interactions interactions;
    private final LogtoCookies cookies;
    private final Faults faults;
    private final PushedRequests pushedRequests;
    private final RequestReader reader;
    private final AuthorizationResponder responder;
    private final AuthorizationDecision decision;

    public AuthorizationEndpoint(
            Tenant tenant, Interactions interactions, LogtoCookies cookies, IdTokenHints hints, Faults faults) {
        this.tenant = tenant;
        this.interactions = interactions;
        this.cookies = cookies;
        this.faults = faults;
        this.pushedRequests = new PushedRequests(tenant);
        this.reader = new RequestReader(tenant.directory(), hints, pushedRequests);
        this.responder = new AuthorizationResponder(tenant.issuer(), faults);
        this.decision = new AuthorizationDecision(tenant, interactions, cookies, responder, pushedRequests);
    }

    /** The first pass, by GET or by POST. */
    public Reply begin(Request request) {
        Parameters sent = request.sent();
        AuthorizationRequest asked;
        try {
            asked = reader.read(sent);
        } catch (OidcProblem problem) {
            Parameters clear = RepeatedParameters.dropFrom(sent);
            return responder.refuse(clear, reader.findClient(clear).orElse(null), problem);
        }
        var session = cookies.session(request).orElseGet(() -> BrowserSession.fresh(tenant.identifiers()));
        try {
            faults.refuse(Endpoint.AUTHORIZE, "");
            return decision.decide(request, asked, session, InteractionResult.NOTHING);
        } catch (OidcProblem problem) {
            return responder.respond(asked, problem.parameters());
        }
    }

    /** The browser comes back from a page, with the cookie that only this URL gets. */
    public Reply resume(Request request) {
        try {
            String uid = cookies.resumed(request).orElseThrow(OidcProblem::requestExpired);
            Interaction interaction = interactions
                    .find(uid)
                    .filter(it -> it.uid().equals(request.pathVariable("uid")))
                    .orElseThrow(() -> OidcProblem.invalidRequest("interaction session not found"));
            return resume(request, interaction);
        } catch (OidcProblem problem) {
            return responder.page(Parameters.NONE, problem);
        }
    }

    /** Takes a request ahead of the browser, and says how the browser refers to it. */
    String push(String clientId, Parameters sent) {
        reader.read(sent);
        return pushedRequests.push(clientId, sent);
    }

    private Response resume(Request request, Interaction interaction) {
        Optional<BrowserSession> session = cookies.session(request);
        String expected = interaction.sessionUid();
        if (expected != null && session.filter(it -> it.uid().equals(expected)).isEmpty()) {
            throw OidcProblem.invalidRequest("interaction session and authentication session mismatch");
        }
        String account = interaction.result().accountId();
        if (session.isPresent() && isOfAnother(session.get(), account)) {
            return switchUser(interaction, session.get());
        }
        interactions.end(interaction);
        var current = session.map(it -> it.withCookie(tenant.identifiers().secret()))
                .orElseGet(() -> BrowserSession.fresh(tenant.identifiers()));
        var resumed = account == null || interaction.prompt() != Prompt.LOGIN
                ? current
                : current.loggedIn(account, tenant.clock().instant());
        return proceed(request, interaction, resumed).with(cookies.resumeEnded(interactions.resumePath(interaction)));
    }

    private Response proceed(Request request, Interaction interaction, BrowserSession session) {
        try {
            return decision.decide(request, interaction.request(), session, interaction.result());
        } catch (OidcProblem problem) {
            return responder.respond(interaction.request(), problem.parameters());
        }
    }

    private static boolean isOfAnother(BrowserSession session, @Nullable String account) {
        return account != null && session.accountId() != null && !session.belongsTo(account);
    }

    /** Another user signed in: the old session has to end first, and whoever took part in it has to hear so. */
    private Response switchUser(Interaction interaction, BrowserSession old) {
        interactions.save(interaction.withoutSession());
        String secret = tenant.identifiers().secret();
        var ending = tenant.sessions()
                .save(old.withLogout(new PendingLogout(secret, interactions.resumeUrl(interaction), null)));
        return Response.html(200, ConfirmationPage.of(tenant, secret)).with(cookies.session(ending));
    }
}
