package io.gatehouse.emulator.okta;

import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import io.gatehouse.emulator.http.Html;
import io.gatehouse.emulator.page.Layout;

/** The company's own pages. */
final class OktaPages {

    private static final String PRODUCT = "Acme Okta (emulated)";

    static final String NO_ACCOUNT = "Unable to sign in: no such account.";

    private OktaPages() {}

    static String signIn(AuthenticationRequest asked, String login, String alert) {
        return signIn("/oauth2/v1/authorize?" + asked.toQueryString(), login, alert);
    }

    static String signIn(String action, String login, String alert) {
        String content = Layout.alert(alert) + """
            <form method="post" action="%s">
              <label>Username or e-mail address
                <input id="login" name="login" type="text" value="%s" autocomplete="username" \
            autocapitalize="none" spellcheck="false" autofocus>
              </label>
              <button id="go" type="submit" name="action" value="go">Sign in</button>
              <button id="cancel" class="plain" type="submit" name="action" value="cancel">Cancel</button>
            </form>
            """.formatted(Html.escape(action), Html.escape(login));
        return Layout.page(PRODUCT, "Sign in at Acme", content);
    }

    static String badRequest() {
        return Layout.page(PRODUCT, "Bad request", Layout.alert("This is not a request from a known application."));
    }

    static String portal(String email, String tile) {
        String content = """
            <p>Signed in as %s</p>
            <p><a id="tile" href="%s">Bookstore</a></p>
            """.formatted(Html.escape(email), tile);
        return Layout.page(PRODUCT, "My apps", content);
    }

    static String signedOut() {
        return Layout.page(PRODUCT, "Signed out", "<p>You are signed out of Acme.</p>");
    }
}
