package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthorizationResponseIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void wrongRedirectUriIsAPageOfJson() {
        var answer = browser.step(app.request().with("redirect_uri", "http://localhost:8080/elsewhere"))
                .answer();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().propertyNames())
                .containsExactly("code", "message", "error", "error_description", "state", "iss");
        assertThat(answer.text("code")).isEqualTo("oidc.invalid_redirect_uri");
        assertThat(answer.text("message")).startsWith("`redirect_uri` did not match");
        assertThat(answer.text("error_description"))
                .isEqualTo("redirect_uri did not match any of the client's registered redirect_uris");
        assertThat(answer.text("iss")).isEqualTo(EMULATOR.issuer());
    }

    @Test
    void wrongRedirectUriWinsOverAnyOtherError() {
        var answer = browser.step(
                        app.request().with("redirect_uri", "http://x.test/").with("prompt", "bogus"))
                .answer();

        assertThat(answer.text("error")).isEqualTo("invalid_redirect_uri");
    }

    @Test
    void unknownAndMissingClientsArePagesOfJson() {
        assertThat(browser.step(app.request().with("client_id", "nobody"))
                        .answer()
                        .text("error"))
                .isEqualTo("invalid_client");
        var missing = browser.step(app.request().without("client_id")).answer();
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text("error_description")).isEqualTo("missing required parameter 'client_id'");
    }

    @Test
    void missingRedirectUriIsAPageOfJson() {
        var answer = browser.step(app.request().without("redirect_uri")).answer();

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void wildcardInTheHostMatchesOneLabel() {
        EMULATOR.control().application(Map.of("redirectUris", List.of("https://*.bookstore.test/callback")));

        var request = app.request().with("redirect_uri", "https://shop.bookstore.test/callback");

        assertThat(browser.step(request).location()).startsWith("/sign-in");
        assertThat(browser.step(request.with("redirect_uri", "https://a.b.bookstore.test/callback"))
                        .answer()
                        .text("error"))
                .isEqualTo("invalid_redirect_uri");
    }

    @Test
    void unsupportedResponseTypeTravelsInTheFragment() {
        var page = browser.step(app.request().with("response_type", "token"));

        assertThat(page.location()).startsWith(App.CALLBACK + "#error=unsupported_response_type");
        assertThat(page.locationParameter("iss")).isEqualTo(EMULATOR.issuer());
    }

    @Test
    void unknownResourceIsInvalidTarget() {
        var page = browser.step(app.request().with("resource", "https://unknown.local"));

        assertThat(page.locationParameter("error")).isEqualTo("invalid_target");
    }

    @Test
    void requestObjectsAreNotSupported() {
        assertThat(browser.step(app.request().with("request", "x.y.z")).locationParameter("error"))
                .isEqualTo("request_not_supported");
        assertThat(browser.step(app.request().with("request_uri", "https://x.test"))
                        .locationParameter("error"))
                .isEqualTo("request_uri_not_supported");
    }

    @Test
    void parameterSentTwiceIsInvalidRequest() {
        var page = browser.step(app.request().with("nonce", "one", "two"));

        assertThat(page.locationParameter("error_description"))
                .isEqualTo("'nonce' parameter must not be provided twice");
    }

    @Test
    void fragmentModePutsTheResponseIntoTheFragment() {
        browser.signIn(app.request());

        var page = browser.step(app.request().with("response_mode", "fragment"));

        assertThat(page.location()).startsWith(App.CALLBACK + "#code=");
        assertThat(page.locationParameter("iss")).isEqualTo(EMULATOR.issuer());
    }

    @Test
    void formPostModeSubmitsTheResponse() {
        browser.signIn(app.request());

        var page = browser.step(app.request().with("response_mode", "form_post"));

        assertThat(page.answer().status()).isEqualTo(200);
        assertThat(page.answer().body())
                .contains("action=\"" + App.CALLBACK + "\"")
                .contains("name=\"code\"")
                .contains("name=\"state\" value=\"the-state\"")
                .contains("name=\"iss\" value=\"" + EMULATOR.issuer() + "\"");
    }

    @Test
    void formPostErrorsAnswer400WithTheForm() {
        var page = browser.step(app.request().with("response_mode", "form_post").with("prompt", "none"));

        assertThat(page.answer().status()).isEqualTo(400);
        assertThat(page.answer().body())
                .contains("name=\"error\" value=\"login_required\"")
                .contains("name=\"iss\"");
    }

    @Test
    void unknownResponseModeIsRefused() {
        var page = browser.step(app.request().with("response_mode", "pigeon"));

        assertThat(page.locationParameter("error")).isEqualTo("unsupported_response_mode");
    }

    @Test
    void thirdPartyApplicationAsksForConsent() {
        EMULATOR.control().application(Map.of("isThirdParty", true));

        var page = browser.signIn(app.request());

        assertThat(page.uri().getPath()).isEqualTo("/consent");
        assertThat(browser.submit(page, Map.of()).query("code")).isNotEmpty();
    }

    @Test
    void cancellingThirdPartyConsentLeadsToTheBareRedirectUri() {
        EMULATOR.control().application(Map.of("isThirdParty", true));

        var page = browser.signIn(app.request());

        assertThat(page.answer().body()).contains("<a href=\"" + App.CALLBACK + "\">Cancel</a>");
    }

    @Test
    void applicationsDoorClosedAtFirstSignInIsAPage() {
        EMULATOR.control().application(Map.of("allowedUsers", List.of()));

        var page = browser.signIn(app.request());

        assertThat(page.uri().getPath()).isEqualTo("/consent");
        assertThat(page.answer().body()).contains("Access denied");
    }

    @Test
    void applicationsDoorClosedLaterIsAccessDenied() {
        browser.signIn(app.request());
        EMULATOR.control().application(Map.of("allowedUsers", List.of()));

        var page = browser.step(app.request());

        assertThat(page.locationParameter("error")).isEqualTo("access_denied");
        assertThat(page.locationParameter("error_description")).isEqualTo("Access denied.");
    }
}
