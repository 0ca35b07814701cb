package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignInJourneyIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void passwordSignInTakesLogtosChainOfRedirects() {
        var authorize = browser.step(app.request());
        assertThat(authorize.answer().status()).isEqualTo(303);
        assertThat(authorize.location()).isEqualTo("/sign-in?app_id=bookstore-gateway");

        var signIn = browser.step(EMULATOR.endpoint() + authorize.location());
        assertThat(signIn.answer().status()).isEqualTo(200);

        var submitted = browser.submitOnly(signIn, Map.of("identifier", "alice", "password", "Wonderland-42!"));
        assertThat(submitted.location()).startsWith(EMULATOR.issuer() + "/auth/");

        var resumed = browser.step(submitted.location());
        assertThat(resumed.answer().status()).isEqualTo(303);
        assertThat(resumed.location()).isEqualTo("/consent?app_id=bookstore-gateway");

        var consented = browser.step(EMULATOR.endpoint() + resumed.location());
        assertThat(consented.answer().status()).isEqualTo(302);
        assertThat(consented.location())
                .startsWith(EMULATOR.issuer() + "/auth/")
                .isNotEqualTo(submitted.location());

        var answered = browser.step(consented.location());
        assertThat(answered.answer().status()).isEqualTo(303);
        assertThat(answered.location()).startsWith(App.CALLBACK + "?code=");
    }

    @Test
    void responseCarriesCodeStateAndIssuerInThisOrder() {
        String query = browser.signIn(app.request()).uri().getRawQuery();

        assertThat(query)
                .matches("code=[\\w-]{43}&state=the-state&iss=" + Pattern.quote(Parameters.encode(EMULATOR.issuer())));
    }

    @Test
    void requestMayComeByPost() {
        var answer = app.post("/oidc/auth", app.request().query(), "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).startsWith("/sign-in?app_id=");
    }

    @Test
    void emailAddressIdentifiesTheUserToo() {
        var page = browser.signIn(app.request(), "Alice@Bookstore.test", "Wonderland-42!");

        assertThat(page.isAtApplication()).isTrue();
    }

    @Test
    void liveSessionAnswersAtOnce() {
        browser.signIn(app.request());

        var again = browser.step(app.request());

        assertThat(again.location()).startsWith(App.CALLBACK + "?code=");
    }

    @Test
    void consentIsSkippedOnceEverythingIsGranted() {
        browser.signIn(app.request());

        assertThat(browser.step(app.request().scopes("phone")).location()).startsWith("/consent?");
        browser.open(app.request().scopes("phone"));
        assertThat(browser.step(app.request().scopes("phone")).location()).startsWith(App.CALLBACK);
    }

    @Test
    void interactionCookiesMapTheClientToItsOneInteraction() {
        var page = browser.step(app.request());

        String uid = browser.cookie("_interaction_resume").value();
        assertThat(browser.cookie("_interaction").value())
                .isEqualTo("{\"bookstore-gateway\":\"" + uid + "\",\"_legacy\":\"" + uid + "\"}");
        assertThat(browser.cookie("_interaction").path()).isEqualTo("/");
        assertThat(browser.cookie("_interaction_resume").path()).isEqualTo("/oidc/auth/" + uid);
        assertThat(browser.cookie("_logto").value()).isEqualTo("{\"appId\":\"bookstore-gateway\"}");
        assertThat(browser.cookie("_logto").attributes()).doesNotContain("httponly");
        assertThat(page.answer().headers().allValues("set-cookie"))
                .allMatch(it -> it.contains("samesite=lax") && !it.contains("secure") && !it.contains("domain"));
        assertThat(browser.hasCookie("_session")).isFalse();
    }

    @Test
    void sessionCookieIsSignedAndLastsTwoWeeks() {
        browser.signIn(app.request());

        var session = browser.cookie("_session");
        assertThat(session.path()).isEqualTo("/");
        assertThat(session.attributes()).contains("httponly").contains("expires=");
        assertThat(browser.hasCookie("_session.sig")).isTrue();
    }

    @Test
    void sessionCookieKeepsItsValueOnReuseAndChangesAtSignIn() {
        browser.signIn(app.request());
        String first = browser.cookie("_session").value();

        browser.open(app.request());
        assertThat(browser.cookie("_session").value()).isEqualTo(first);

        browser.signIn(app.request().with("prompt", "login"));
        assertThat(browser.cookie("_session").value()).isNotEqualTo(first);
    }

    @Test
    void secondTabTakesTheFirstTabsPlace() {
        var first = browser.open(app.request().with("state", "tab-1"));
        var second = browser.open(app.request().with("state", "tab-2"));

        var finished = browser.submit(first, Map.of("identifier", "alice", "password", "Wonderland-42!"));
        var stale = browser.submitOnly(second, Map.of("identifier", "alice", "password", "Wonderland-42!"));

        assertThat(finished.query("state")).isEqualTo("tab-2");
        assertThat(stale.answer().status()).isEqualTo(400);
        assertThat(stale.alert()).startsWith("Session not found.");
    }

    @Test
    void staleResumeUrlIsA400PageOfJson() {
        var page = browser.step(EMULATOR.issuer() + "/auth/" + "x".repeat(43));

        assertThat(page.answer().status()).isEqualTo(400);
        assertThat(page.answer().text("code")).isEqualTo("session.not_found");
        assertThat(page.answer().text("error_description")).isEqualTo("authorization request has expired");
    }

    @Test
    void interactionExpires() {
        EMULATOR.setLifetime("interaction-lifetime", "1m");
        var page = browser.open(app.request());
        EMULATOR.advance(Duration.ofMinutes(2));

        var late = browser.submitOnly(page, Map.of("identifier", "alice", "password", "Wonderland-42!"));

        assertThat(late.answer().status()).isEqualTo(400);
    }

    @Test
    void pageWithoutInteractionLeadsToUnknownSession() {
        var page = browser.open(EMULATOR.endpoint() + "/sign-in");

        assertThat(page.uri().getPath()).isEqualTo("/unknown-session");
    }

    @Test
    void pageWithoutInteractionLeadsWhereTheTenantWantsIt() {
        EMULATOR.control()
                .patch(
                        "/control/sign-in-experience",
                        Map.of("unknownSessionRedirectUrl", "http://localhost:8080/login"));

        var page = browser.step(EMULATOR.endpoint() + "/sign-in");

        assertThat(URI.create(page.location())).hasToString("http://localhost:8080/login");
    }

    @Test
    void sessionCookieWithoutItsSignatureIsNoSession() {
        browser.signIn(app.request());
        browser.forget("_session.sig");

        assertThat(browser.step(app.request()).location()).startsWith("/sign-in");
    }
}
