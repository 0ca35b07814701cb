package io.gatehouse.emulator.okta;

import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The page on which employees find the company's applications. It has one tile, which starts the sign-in at the
 * application itself (OpenID Connect Core 1.0, section 4) and names Okta as the issuer: it knows nothing of Logto.
 */
final class OktaPortal {

    private static final String HOME = "/app/UserHome";
    private static final String TILE = "/home/oidc_client/bookstore";

    private final String issuer;
    private final String initiateLoginUri;
    private final OktaState state;
    private final OktaSessions sessions;

    OktaPortal(String issuer, String initiateLoginUri, OktaState state, OktaSessions sessions) {
        this.issuer = issuer;
        this.initiateLoginUri = initiateLoginUri;
        this.state = state;
        this.sessions = sessions;
    }

    Routes addTo(Routes routes) {
        return routes.get(HOME, this::home).post(HOME, this::signIn).get(TILE, this::open);
    }

    private Reply home(Request request) {
        return sessions.find(request)
                .map(account -> Response.html(200, OktaPages.portal(account.email(), TILE)))
                .orElseGet(() -> Response.html(200, OktaPages.signIn(HOME, "", "")));
    }

    private Reply signIn(Request request) {
        String login = request.form().first("login").orElse("");
        return state.accounts()
                .find(login)
                .map(account -> Response.redirect(303, HOME).with(List.of(sessions.start(account))))
                .orElseGet(() -> Response.html(422, OktaPages.signIn(HOME, login, OktaPages.NO_ACCOUNT)));
    }

    private Reply open(Request request) {
        String query = "?iss=" + URLEncoder.encode(issuer, StandardCharsets.UTF_8);
        return Response.redirect(302, sessions.find(request).isPresent() ? initiateLoginUri + query : HOME);
    }
}
