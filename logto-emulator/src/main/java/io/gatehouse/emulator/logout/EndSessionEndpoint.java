package io.gatehouse.emulator.logout;

import io.gatehouse.emulator.authorize.ConfirmationPage;
import io.gatehouse.emulator.authorize.LogtoCookies;
import io.gatehouse.emulator.client.RepeatedParameters;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.keys.IdTokenHints;
import io.gatehouse.emulator.page.Layout;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.ClientAuthorization;
import io.gatehouse.emulator.session.PendingLogout;
import io.gatehouse.emulator.session.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /oidc/session/end} (OpenID Connect RP-Initiated Logout 1.0). The user is not asked: a page that submits itself
 * confirms in the user's name. Tokens with {@code offline_access} survive.
 */
public final class EndSessionEndpoint {

    private final Tenant tenant;
    private final LogtoCookies cookies;
    private final IdTokenHints hints;
    private final BackChannelLogout backChannel;

    public EndSessionEndpoint(Tenant tenant, LogtoCookies cookies, IdTokenHints hints, BackChannelLogout backChannel) {
        this.tenant = tenant;
        this.cookies = cookies;
        this.hints = hints;
        this.backChannel = backChannel;
    }

    /** The request, by GET or POST: answers with the page that confirms it. */
    public Reply begin(Request request) {
        Parameters sent = request.sent();
        RepeatedParameters.refuse(sent);
        String returnTo = returnTo(sent, client(sent).orElse(null));
        String secret = tenant.identifiers().secret();
        var pending = new PendingLogout(secret, returnTo, sent.first("state").orElse(null));
        var session = tenant.sessions()
                .save(cookies.session(request)
                        .orElseGet(() -> BrowserSession.fresh(tenant.identifiers()))
                        .withLogout(pending));
        return Response.html(200, ConfirmationPage.of(tenant, secret))
                .with("cache-control", "no-store")
                .with(cookies.session(session));
    }

    /** The page's own submission: ends the session, tells the applications, and only then lets the browser go on. */
    public Reply confirm(Request request) {
        BrowserSession session = cookies.session(request)
                .filter(it -> it.logout() != null)
                .orElseThrow(() -> OidcProblem.invalidRequest("could not find logout details"));
        PendingLogout pending = session.logout();
        if (pending == null || !request.form().all("xsrf").equals(List.of(pending.secret()))) {
            throw OidcProblem.invalidRequest("xsrf token invalid");
        }
        backChannel.announceEndOf(session);
        session.authorizations().values().forEach(this::dropGrant);
        tenant.sessions().end(session.uid());
        return Response.redirect(303, destination(pending))
                .with("cache-control", "no-store")
                .with(cookies.sessionEnded());
    }

    /** Where the browser ends up with nowhere else to go. */
    public Reply success(Request request) {
        return Response.html(
                200, Layout.page("Logto emulator", "Signed out", "<p>You have successfully signed out.</p>"));
    }

    private void dropGrant(ClientAuthorization authorization) {
        if (authorization.grantId() != null && !authorization.persistsLogout()) {
            tenant.grants().revoke(authorization.grantId());
        }
    }

    /** Named by the hint or by {@code client_id}; a hint that does not verify is no way out. */
    private Optional<Application> client(Parameters sent) {
        Optional<String> hint = sent.first("id_token_hint");
        if (hint.isEmpty()) {
            return sent.first("client_id")
                    .map(it -> tenant.directory().applications().find(it).orElseThrow(OidcProblem::invalidClient));
        }
        String audience = hint.flatMap(hints::audience)
                .orElseThrow(() -> OidcProblem.invalidRequest("could not decode id_token_hint"));
        if (sent.first("client_id").filter(it -> !it.equals(audience)).isPresent()) {
            throw OidcProblem.invalidRequest("client_id does not match the provided id_token_hint");
        }
        Application client = tenant.directory()
                .applications()
                .find(audience)
                .orElseThrow(() -> OidcProblem.of(400, "invalid_client", "unrecognized id_token_hint audience"));
        if (hints.subject(hint.get(), audience).isEmpty()) {
            throw OidcProblem.invalidRequest("could not validate id_token_hint");
        }
        return Optional.of(client);
    }

    /** Null without a client to check the address against: then it is ignored. */
    private static @Nullable String returnTo(Parameters sent, @Nullable Application client) {
        String asked = sent.first("post_logout_redirect_uri").orElse("");
        if (client == null || asked.isEmpty()) {
            return null;
        }
        if (!client.redirects().allowsPostLogoutRedirectTo(asked)) {
            throw OidcProblem.invalidRequest("post_logout_redirect_uri not registered");
        }
        return asked;
    }

    private String destination(PendingLogout pending) {
        String target = pending.returnTo();
        if (target == null) {
            return tenant.issuer() + "/session/end/success";
        }
        if (pending.state() == null) {
            return target;
        }
        return target + (target.contains("?") ? "&" : "?") + Parameters.encode(Map.of("state", pending.state()));
    }
}
