package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Parameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogoutIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void pageConfirmsByItselfAndLeadsBackWithTheState() {
        browser.signIn(app.request());

        var page = browser.step(url("client_id", app.id(), "post_logout_redirect_uri", App.HOME, "state", "bye"));
        assertThat(page.answer().status()).isEqualTo(200);
        assertThat(page.answer().body())
                .contains("action=\"" + EMULATOR.issuer() + "/session/end/confirm\"")
                .contains("document.forms[0].submit()")
                .contains("<noscript>");

        var confirmed = browser.submitOnly(page, Map.of());
        assertThat(confirmed.answer().status()).isEqualTo(303);
        assertThat(confirmed.location()).isEqualTo(App.HOME + "?state=bye");
        assertThat(browser.hasCookie("_session")).isFalse();
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void hintLeadsBackToo() {
        String hint = app.tokens(browser, app.request()).path("id_token").asString();

        assertThat(end("id_token_hint", hint, "post_logout_redirect_uri", App.HOME)
                        .uri())
                .hasToString(App.HOME);
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void addressWithoutClientIsIgnored() {
        browser.signIn(app.request());

        var page = end("post_logout_redirect_uri", App.HOME);

        assertThat(page.answer().body()).contains("You have successfully signed out");
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void bareLinkLogsOut() {
        browser.signIn(app.request());

        assertThat(end().uri().getPath()).isEqualTo("/oidc/session/end/success");
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void unregisteredAddressIsAPageOfJsonAndNobodyIsLoggedOut() {
        browser.signIn(app.request());

        var page = end("client_id", app.id(), "post_logout_redirect_uri", "http://evil.test/");

        assertThat(page.answer().status()).isEqualTo(400);
        assertThat(page.answer().text("error_description")).isEqualTo("post_logout_redirect_uri not registered");
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void expiredHintWorks() {
        String hint = app.tokens(browser, app.request()).path("id_token").asString();
        EMULATOR.advance(Duration.ofHours(2));

        assertThat(end("id_token_hint", hint, "post_logout_redirect_uri", App.HOME)
                        .isAtApplication())
                .isTrue();
    }

    @Test
    void garbageAsHintIsADeadEnd() {
        browser.signIn(app.request());

        assertThat(end("id_token_hint", "garbage").answer().status()).isEqualTo(400);
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void hintOfADeletedKeyIsADeadEnd() {
        String hint = app.tokens(browser, app.request()).path("id_token").asString();
        EMULATOR.control().post("/control/keys/rotate", Map.of());
        EMULATOR.control()
                .delete("/control/keys/" + Tokens.header(hint).path("kid").asString());

        assertThat(end("id_token_hint", hint).answer().text("error_description"))
                .isEqualTo("could not validate id_token_hint");
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void anotherUsersHintLogsTheCurrentUserOut() {
        String hint = app.tokens(new Browser(), app.request()).path("id_token").asString();
        browser.signIn(app.request(), "bob", "Builder-42!!");

        end("id_token_hint", hint, "post_logout_redirect_uri", App.HOME);

        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void withoutSessionItLeadsBackNormally() {
        assertThat(end("client_id", app.id(), "post_logout_redirect_uri", App.HOME)
                        .isAtApplication())
                .isTrue();
    }

    @Test
    void forgedConfirmationIsRefused() {
        browser.signIn(app.request());
        var page = browser.step(url());

        assertThat(browser.submitOnly(page, Map.of("xsrf", "forged")).answer().text("error_description"))
                .isEqualTo("xsrf token invalid");
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void itEndsTheSessionOfAllApplications() {
        EMULATOR.control()
                .post(
                        "/control/applications",
                        Map.of("id", "other", "secret", "s", "redirectUris", List.of(App.CALLBACK)));
        var other = new App(app.endpoint(), "other", "s");
        browser.signIn(app.request());
        assertThat(browser.open(other.request()).isAtApplication()).isTrue();

        end("client_id", app.id());

        assertThat(browser.step(other.request()).location()).startsWith("/sign-in");
    }

    @Test
    void tokensWithOfflineAccessSurvive() {
        var tokens = app.tokens(browser, app.request().offline());

        end("client_id", app.id());

        assertThat(app.refresh(tokens.path("refresh_token").asString()).status())
                .isEqualTo(200);
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void tokensWithoutOfflineAccessDie() {
        EMULATOR.control().application(Map.of("alwaysIssueRefreshToken", true));
        var tokens = app.tokens(browser, app.request());

        end("client_id", app.id());

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(401);
    }

    @Test
    void tokensWithoutOfflineAccessSurviveMereExpiryOfTheSession() {
        EMULATOR.control().application(Map.of("alwaysIssueRefreshToken", true));
        EMULATOR.setLifetime("session-lifetime", "1m");
        var tokens = app.tokens(browser, app.request());

        EMULATOR.advance(Duration.ofMinutes(2));

        assertThat(isSignedIn()).isFalse();
        assertThat(app.refresh(tokens.path("refresh_token").asString()).status())
                .isEqualTo(200);
    }

    private Browser.Page end(String... parameters) {
        return browser.open(url(parameters));
    }

    private String url(String... parameters) {
        var query = new LinkedHashMap<String, String>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        return EMULATOR.issuer() + "/session/end?" + Parameters.encode(query);
    }

    private boolean isSignedIn() {
        return browser.step(app.request()).location().startsWith(App.CALLBACK);
    }
}
