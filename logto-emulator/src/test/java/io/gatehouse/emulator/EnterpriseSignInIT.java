package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnterpriseSignInIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @Test
    void addressOfTheConnectorsDomainLeadsToTheProviderWithoutPassword() {
        var page = browser.signIn(app.request(), "erin@acme.test", "");

        assertThat(page.uri().toString()).startsWith(EMULATOR.okta() + "/oauth2/v1/authorize?");
        assertThat(page.answer().body())
                .contains("id=\"login\"")
                .contains("id=\"go\"")
                .contains("id=\"cancel\"");
    }

    @Test
    void upstreamRequestHasSixParametersAndNoMore() {
        var page = browser.open(direct().with("prompt", "login").with("login_hint", "erin@acme.test"));

        var names = Arrays.stream(page.uri().getQuery().split("&"))
                .map(it -> it.split("=", 2)[0])
                .toList();
        assertThat(names).containsExactly("state", "nonce", "client_id", "response_type", "redirect_uri", "scope");
        assertThat(page.query("redirect_uri")).isEqualTo(EMULATOR.endpoint() + "/callback/" + EMULATOR.connector());
        assertThat(page.answer().body()).doesNotContain("erin");
    }

    @Test
    void providersSessionSignsInSilently() {
        signIn("erin@acme.test");
        browser.open(EMULATOR.issuer() + "/session/end");

        assertThat(browser.open(direct()).isAtApplication()).isTrue();
        browser.open(EMULATOR.issuer() + "/session/end");
        control.delete("/control/okta/sessions");
        assertThat(browser.open(direct()).answer().body()).contains("id=\"login\"");
    }

    @Test
    void cookiesOfAllPartiesHaveTheirOwnNames() {
        signIn("erin@acme.test");

        assertThat(browser.hasCookie("okta-session")).isTrue();
        assertThat(browser.hasCookie("_session")).isTrue();
    }

    @Test
    void cancellingEndsOnTheSignInPageWithAnAlert() {
        var page = browser.submit(browser.open(direct()), Map.of("action", "cancel"));

        assertThat(page.uri().getPath()).isEqualTo("/sign-in");
        assertThat(page.alert()).startsWith("Failed to sign in");
        assertThat(browser.submit(page, Map.of("identifier", "alice", "password", "Wonderland-42!"))
                        .isAtApplication())
                .isTrue();
    }

    @Test
    void unknownPersonStaysAtTheProvider() {
        var page = okta(browser, direct(), "someone@else.test");

        assertThat(page.answer().status()).isEqualTo(422);
        assertThat(page.alert()).contains("no such account");
    }

    @Test
    void answerToAnotherAttemptIsNotTaken() {
        browser.open(direct());

        var page =
                browser.open(EMULATOR.endpoint() + "/callback/" + EMULATOR.connector() + "?code=stolen&state=forged");

        assertThat(page.uri().getPath()).isEqualTo("/sign-in");
        assertThat(page.alert()).isNotEmpty();
    }

    @Test
    void issuerWithATrailingSlashFails() {
        control.put("/control/connectors/" + EMULATOR.connector(), Map.of("issuer", EMULATOR.okta() + "/"));

        assertThat(browser.open(direct()).alert()).startsWith("Failed to sign in");
    }

    @Test
    void providersOwnSignOutEndsItsSession() {
        signIn("erin@acme.test");

        var page = browser.open(EMULATOR.okta() + "/login/signout?fromURI=" + App.HOME);

        assertThat(page.isAtApplication()).isTrue();
        assertThat(browser.open(direct().with("prompt", "login")).answer().body())
                .contains("id=\"login\"");
        assertThat(browser.step(EMULATOR.okta() + "/login/signout?fromURI=https://evil.test/")
                        .location())
                .isEqualTo(EMULATOR.okta() + "/");
    }

    @Test
    void tileOfThePortalLeadsToTheApplicationAndNamesTheProvider() {
        String tile = EMULATOR.okta() + "/home/oidc_client/bookstore";
        assertThat(browser.step(tile).location()).isEqualTo("/app/UserHome");

        var portal = browser.submit(browser.open(EMULATOR.okta() + "/app/UserHome"), Map.of("login", "erin@acme.test"));

        assertThat(portal.answer().body()).contains("erin@acme.test", "href=\"/home/oidc_client/bookstore\"");
        assertThat(browser.step(tile).location())
                .startsWith(App.HOME + "auth/initiate?iss=")
                .endsWith(URLEncoder.encode(EMULATOR.okta(), StandardCharsets.UTF_8));
    }

    private AuthorizationUrl direct() {
        return app.request().with("direct_sign_in", "sso:" + EMULATOR.connector());
    }

    private Browser.Page signIn(String login) {
        return okta(browser, direct(), login);
    }

    private static Browser.Page okta(Browser browser, AuthorizationUrl request, String login) {
        return browser.submit(browser.open(request), Map.of("login", login, "action", "go"));
    }
}
