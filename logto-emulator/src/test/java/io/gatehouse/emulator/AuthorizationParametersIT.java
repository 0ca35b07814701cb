package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationParametersIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void stateAndNonceAreOptional() {
        var page = browser.signIn(app.request().without("state").without("nonce"));

        assertThat(page.query("code")).isNotEmpty();
        assertThat(page.uri().getQuery()).doesNotContain("state=");
        assertThat(Tokens.claims(app.exchange(page.query("code")).text("id_token"))
                        .has("nonce"))
                .isFalse();
    }

    @Test
    void nonceWithoutOpenidIsRefused() {
        assertThat(refusal(app.request().with("scope", "profile"), "error_description"))
                .isEqualTo("openid scope must be requested when using the nonce parameter");
    }

    @Test
    void scopeWithoutOpenidWorksWithoutIdToken() {
        var tokens = app.tokens(browser, app.request().with("scope", "profile").without("nonce"));

        assertThat(tokens.has("id_token")).isFalse();
        assertThat(tokens.path("scope").asString()).isEqualTo("profile");
    }

    @Test
    void unknownScopesAreDroppedSilently() {
        var tokens = app.tokens(browser, app.request().scopes("nonsense"));

        assertThat(tokens.path("scope").asString()).isEqualTo("openid profile email roles");
    }

    @Test
    void offlineAccessIsDroppedWithoutPromptConsent() {
        var tokens = app.tokens(browser, app.request().scopes("offline_access"));

        assertThat(tokens.path("scope").asString()).doesNotContain("offline_access");
        assertThat(tokens.has("refresh_token")).isFalse();
    }

    @Test
    void plainPkceIsRefused() {
        var request = app.request().with("code_challenge", "x".repeat(43)).with("code_challenge_method", "plain");

        assertThat(refusal(request, "error")).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @CsvSource({"create", "select_account", "nonsense", "login create"})
    void otherPromptsAreRefused(String prompt) {
        assertThat(refusal(app.request().with("prompt", prompt), "error_description"))
                .isEqualTo("unsupported prompt value requested");
    }

    @Test
    void promptNoneWithoutSessionIsLoginRequired() {
        var page = browser.step(app.request().with("prompt", "none"));

        assertThat(page.locationParameter("error")).isEqualTo("login_required");
        assertThat(page.locationParameter("error_description")).isEqualTo("End-User authentication is required");
        assertThat(page.locationParameter("state")).isEqualTo("the-state");
        assertThat(page.locationParameter("iss")).isEqualTo(EMULATOR.issuer());
    }

    @Test
    void promptNoneWithANewScopeOrResourceIsConsentRequired() {
        browser.signIn(app.request());

        assertThat(refusal(app.request().scopes("phone").with("prompt", "none"), "error"))
                .isEqualTo("consent_required");
        assertThat(refusal(app.request().books().with("prompt", "none"), "error_description"))
                .isEqualTo("requested scopes not granted");
    }

    @Test
    void promptNoneWithASessionAndGrantAnswersWithACode() {
        browser.signIn(app.request());

        assertThat(browser.step(app.request().with("prompt", "none")).locationParameter("code"))
                .isNotEmpty();
    }

    @Test
    void promptLoginAsksAgain() {
        browser.signIn(app.request());

        assertThat(browser.step(app.request().with("prompt", "login")).location())
                .startsWith("/sign-in");
        assertThat(browser.step(app.request().with("prompt", "login consent")).location())
                .startsWith("/sign-in");
    }

    @Test
    void maxAgeZeroAsksAgain() {
        browser.signIn(app.request());

        assertThat(browser.step(app.request().with("max_age", "0")).location()).startsWith("/sign-in");
    }

    @Test
    void maxAgeAsksAgainOnlyOnceTheSignInIsOld() {
        browser.signIn(app.request());
        assertThat(browser.step(app.request().with("max_age", "60")).location()).startsWith(App.CALLBACK);

        EMULATOR.advance(Duration.ofSeconds(90));

        assertThat(browser.step(app.request().with("max_age", "60")).location()).startsWith("/sign-in");
    }

    @Test
    void resourcesMayBeSeparatedByCommas() {
        EMULATOR.control().post("/control/resources", Map.of("indicator", "https://r.local"));
        var request = app.request().books().offline().with("resource", App.BOOKS + ",https://r.local");

        var tokens = app.tokens(browser, request, "resource", "https://r.local");

        assertThat(Tokens.claims(tokens.path("access_token").asString())
                        .path("aud")
                        .asString())
                .isEqualTo("https://r.local");
    }

    @Test
    void hintOfTheSignedInUserPasses() {
        String hint = app.tokens(browser, app.request()).path("id_token").asString();

        var page = browser.step(app.request().with("prompt", "none").with("id_token_hint", hint));

        assertThat(page.locationParameter("code")).isNotEmpty();
    }

    @Test
    void hintOfAnotherUserIsLoginRequired() {
        String hint = app.tokens(browser, app.request()).path("id_token").asString();
        var other = new Browser();
        other.signIn(app.request(), "bob", "Builder-42!!");

        var page = other.step(app.request().with("prompt", "none").with("id_token_hint", hint));

        assertThat(page.locationParameter("error")).isEqualTo("login_required");
        assertThat(page.locationParameter("error_description"))
                .isEqualTo("id_token_hint and authenticated subject do not match");
    }

    @Test
    void garbageAsHintIsInvalidRequest() {
        assertThat(refusal(app.request().with("id_token_hint", "garbage"), "error"))
                .isEqualTo("invalid_request");
    }

    @Test
    void claimsParameterIsIgnored() {
        var request = app.request().with("claims", "{\"id_token\":{\"acr\":{\"essential\":true}}}");

        assertThat(browser.signIn(request).query("code")).isNotEmpty();
    }

    private String refusal(AuthorizationUrl request, String parameter) {
        return browser.step(request).locationParameter(parameter);
    }
}
