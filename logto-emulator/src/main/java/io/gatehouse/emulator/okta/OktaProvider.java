package io.gatehouse.emulator.okta;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.Identifiers;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plain OpenID provider with a portal. */
public final class OktaProvider {

    private final String issuer;
    private final OktaClient client;
    private final OktaState state;
    private final SigningKeys keys;
    private final Identifiers identifiers;
    private final OktaTokens tokens;
    private final OktaSessions sessions;
    private final OktaPortal portal;

    /** @param initiateLoginUri where the tile in the portal leads */
    public OktaProvider(
            String issuer,
            String initiateLoginUri,
            OktaClient client,
            OktaState state,
            SigningKeys keys,
            Identifiers identifiers,
            Clock clock) {
        this.issuer = issuer;
        this.client = client;
        this.state = state;
        this.keys = keys;
        this.identifiers = identifiers;
        this.tokens = new OktaTokens(issuer, keys, clock);
        this.sessions = new OktaSessions(state, identifiers);
        this.portal = new OktaPortal(issuer, initiateLoginUri, state, sessions);
    }

    public Routes routes() {
        return portal.addTo(new Routes())
                .get("/.well-known/openid-configuration", _ -> Response.json(200, OktaMetadata.of(issuer)))
                .get(
                        "/oauth2/v1/keys",
                        _ -> Response.of(
                                200, "application/json", keys.published().toString()))
                .get("/oauth2/v1/authorize", this::authorize)
                .post("/oauth2/v1/authorize", this::signIn)
                .post("/oauth2/v1/token", this::token)
                .get("/oauth2/v1/userinfo", this::userInfo)
                .get("/oauth2/v1/logout", it -> signOut(it, "post_logout_redirect_uri"))
                .get("/login/signout", it -> signOut(it, "fromURI"))
                .get("/", _ -> Response.html(200, OktaPages.signedOut()));
    }

    /** Whoever has a session is not asked again. */
    private Reply authorize(Request request) {
        AuthenticationRequest asked = read(request);
        if (asked == null) {
            return refused();
        }
        boolean fresh =
                asked.getPrompt() != null && asked.getPrompt().toStringList().contains("login");
        Optional<OktaAccount> known = sessions.find(request).filter(_ -> !fresh);
        return known.<Reply>map(it -> answer(asked, it))
                .orElseGet(() -> Response.html(200, OktaPages.signIn(asked, hint(asked), "")));
    }

    private Reply signIn(Request request) {
        AuthenticationRequest asked = read(request);
        if (asked == null) {
            return refused();
        }
        if (request.form().first("action").filter("cancel"::equals).isPresent()) {
            var denied = new AuthenticationErrorResponse(
                    asked.getRedirectionURI(),
                    OAuth2Error.ACCESS_DENIED.setDescription("User canceled the request"),
                    asked.getState(),
                    asked.impliedResponseMode());
            return Response.redirect(303, denied.toURI().toString());
        }
        String login = request.form().first("login").orElse("");
        return state.accounts()
                .find(login)
                .<Reply>map(it -> startSession(asked, it))
                .orElseGet(() -> Response.html(422, OktaPages.signIn(asked, login, OktaPages.NO_ACCOUNT)));
    }

    private Response startSession(AuthenticationRequest asked, OktaAccount account) {
        return answer(asked, account).with(List.of(sessions.start(account)));
    }

    private Response answer(AuthenticationRequest asked, OktaAccount account) {
        var code = new AuthorizationCode(identifiers.secret());
        String nonce = asked.getNonce() == null ? null : asked.getNonce().getValue();
        state.put(code.getValue(), new OktaState.OktaCode(account, nonce));
        var response = new AuthenticationSuccessResponse(
                asked.getRedirectionURI(),
                code,
                null,
                null,
                asked.getState(),
                null,
                new Issuer(issuer),
                asked.impliedResponseMode());
        return Response.redirect(303, response.toURI().toString());
    }

    private Reply token(Request request) {
        if (request.header("authorization").filter(client::isProvenBy).isEmpty()) {
            return Response.json(401, Map.of("error", "invalid_client"));
        }
        boolean right = request.form().all("redirect_uri").contains(client.redirectUri());
        return request.form()
                .first("code")
                .flatMap(state::redeem)
                .filter(_ -> right)
                .<Reply>map(it -> Response.json(200, tokens(it)).with("cache-control", "no-store"))
                .orElseGet(() -> Response.json(400, Map.of("error", "invalid_grant")));
    }

    private Map<String, Object> tokens(OktaState.OktaCode code) {
        String accessToken = identifiers.secret();
        state.putAccessToken(accessToken, code.account());
        var body = new LinkedHashMap<String, Object>();
        body.put("token_type", "Bearer");
        body.put("expires_in", tokens.expiresIn());
        body.put("access_token", accessToken);
        body.put("scope", "openid profile email groups");
        body.put("id_token", tokens.idToken(code.account(), client.id(), code.nonce()));
        return body;
    }

    private Reply userInfo(Request request) {
        return request.header("authorization")
                .filter(it -> it.startsWith("Bearer "))
                .flatMap(it -> state.accessToken(it.substring("Bearer ".length())))
                .<Reply>map(it -> Response.json(200, OktaTokens.userInfo(it)))
                .orElseGet(() -> Response.json(401, Map.of("error", "invalid_token")));
    }

    /** Back only to this machine: the emulator is no open redirector. */
    private Reply signOut(Request request, String returnParameter) {
        String target = request.query()
                .first(returnParameter)
                .filter(OktaProvider::isOnThisMachine)
                .orElse(issuer + "/");
        return Response.redirect(302, target).with(List.of(sessions.end(request)));
    }

    private static boolean isOnThisMachine(String url) {
        try {
            var uri = URI.create(url);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Null unless it is a request of the one client that Okta knows. */
    private @Nullable AuthenticationRequest read(Request request) {
        try {
            AuthenticationRequest asked =
                    AuthenticationRequest.parse(request.query().values());
            boolean ours = client.id().equals(asked.getClientID().getValue())
                    && client.redirectUri().equals(asked.getRedirectionURI().toString());
            return ours ? asked : null;
        } catch (ParseException _) {
            return null;
        }
    }

    private static String hint(AuthenticationRequest asked) {
        return asked.getLoginHint() == null ? "" : asked.getLoginHint();
    }

    private static Response refused() {
        return Response.html(400, OktaPages.badRequest());
    }
}
