package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstPageIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @ParameterizedTest
    @CsvSource({
        "sign_in,/sign-in",
        "register,/register",
        "reset_password,/reset-password",
        "identifier:sign_in,/identifier-sign-in",
        "identifier:register,/identifier-register",
        "single_sign_on,/single-sign-on"
    })
    void firstScreenPicksThePage(String firstScreen, String path) {
        assertThat(browser.step(app.request().with("first_screen", firstScreen)).location())
                .isEqualTo(path + "?app_id=bookstore-gateway");
    }

    @Test
    void interactionModeStillPicksThePage() {
        assertThat(browser.step(app.request().with("interaction_mode", "signUp"))
                        .location())
                .startsWith("/register?");
    }

    @Test
    void logtosOwnParametersReachThePage() {
        var request = app.request()
                .with("ui_locales", "fr de")
                .with("login_hint", "alice")
                .with("identifier", "email username");

        assertThat(browser.step(request).location())
                .isEqualTo("/sign-in?app_id=bookstore-gateway&ui_locales=fr+de&login_hint=alice"
                        + "&identifier=email+username");
        assertThat(browser.cookie("_logto").value())
                .isEqualTo("{\"appId\":\"bookstore-gateway\",\"uiLocales\":\"fr de\"}");
    }

    @Test
    void oneBadExtraParameterVoidsAll() {
        var request = app.request()
                .with("first_screen", "bogus")
                .with("login_hint", "alice")
                .with("direct_sign_in", "sso:" + EMULATOR.connector());

        assertThat(browser.step(request).location()).isEqualTo("/sign-in?app_id=bookstore-gateway");
    }

    @Test
    void directSignInNamesTheConnectorAndAFallback() {
        var request = app.request().with("direct_sign_in", "sso:" + EMULATOR.connector());

        assertThat(browser.step(request).location())
                .isEqualTo("/direct/sso/" + EMULATOR.connector() + "?app_id=bookstore-gateway&fallback=sign-in");
    }

    @Test
    void directSignInToAnUnknownConnectorFallsBack() {
        assertThat(browser.open(app.request().with("direct_sign_in", "sso:nobody"))
                        .uri()
                        .getPath())
                .isEqualTo("/sign-in");
        assertThat(browser.open(app.request().with("direct_sign_in", "social:google"))
                        .uri()
                        .getPath())
                .isEqualTo("/sign-in");
    }

    @Test
    void directSignInIsIgnoredWithALiveSession() {
        browser.signIn(app.request());

        var page = browser.open(app.request()
                .with("direct_sign_in", "sso:" + EMULATOR.connector())
                .with("login_hint", "joe@acme.test"));

        assertThat(Tokens.claims(app.exchange(page.query("code")).text("id_token"))
                        .path("username")
                        .asString())
                .isEqualTo("alice");
    }

    @Test
    void promptLoginForcesDirectSignInDespiteTheSession() {
        browser.signIn(app.request());

        var page = browser.open(app.request()
                .with("direct_sign_in", "sso:" + EMULATOR.connector())
                .with("prompt", "login"));

        assertThat(page.uri().toString()).startsWith(EMULATOR.okta());
    }

    @Test
    void fallbackIsAlwaysOneOfLogtosPages() {
        browser.open(app.request());

        var page = browser.step(
                EMULATOR.endpoint() + "/direct/social/google?app_id=bookstore-gateway&fallback=/evil.test");

        assertThat(page.location()).isEqualTo("/sign-in?app_id=bookstore-gateway");
    }
}
