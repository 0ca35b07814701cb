package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInPagesIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"sign_in", "register", "reset_password", "identifier:sign_in", "identifier:register"})
    void everyFormHasLogtosFieldsAndOneButton(String firstScreen) {
        String html = browser.open(app.request().with("first_screen", firstScreen))
                .answer()
                .body();

        assertThat(html).containsOnlyOnce("name=\"identifier\"").containsOnlyOnce("name=\"password\"");
        assertThat(html).containsOnlyOnce("<button").contains("type=\"submit\"").contains("Logto emulator");
        assertThat(html).doesNotContain("http://", "https://");
    }

    @Test
    void singleSignOnPageAsksForTheAddressOnly() {
        String html = browser.open(app.request().with("first_screen", "single_sign_on"))
                .answer()
                .body();

        assertThat(html).contains("name=\"identifier\"").doesNotContain("name=\"password\"");
    }

    @Test
    void wrongPasswordShowsTheFormAgainWithAnAlert() {
        var page = browser.signIn(app.request(), "alice", "wrong");

        assertThat(page.answer().status()).isEqualTo(422);
        assertThat(page.alert()).isEqualTo("Incorrect account or password. Please check your input.");
        assertThat(page.answer().body()).contains("value=\"alice\"").doesNotContain("wrong");
        assertThat(browser.submit(page, Map.of("identifier", "alice", "password", "Wonderland-42!"))
                        .isAtApplication())
                .isTrue();
    }

    @Test
    void whatPeopleTypeIsEscaped() {
        var page = browser.signIn(app.request(), "\"><script>", "x");

        assertThat(page.answer().body()).contains("&quot;&gt;&lt;script&gt;").doesNotContain("\"><script>");
    }

    @Test
    void loginHintFillsTheSignInPages() {
        var request = app.request().with("login_hint", "alice");

        assertThat(browser.open(request).answer().body()).contains("value=\"alice\"");
        assertThat(browser.open(request.with("first_screen", "identifier:sign_in"))
                        .answer()
                        .body())
                .contains("value=\"alice\"");
    }

    @Test
    void loginHintDoesNotFillTheSingleSignOnPage() {
        var request = app.request().with("login_hint", "joe@acme.test").with("first_screen", "single_sign_on");

        assertThat(browser.open(request).answer().body()).doesNotContain("joe@acme.test");
    }

    @Test
    void loginHintOfAnEnterpriseDomainShowsOnlySingleSignOn() {
        String html = browser.open(app.request().with("login_hint", "joe@acme.test"))
                .answer()
                .body();

        assertThat(html).contains(">Single Sign-On</button>").doesNotContain("name=\"password\"");
    }

    @Test
    void signInAndRegisterLinkToEachOther() {
        assertThat(browser.open(app.request()).answer().body()).contains("href=\"/register?app_id=bookstore-gateway\"");
        assertThat(browser.open(app.request().with("first_screen", "register"))
                        .answer()
                        .body())
                .contains("href=\"/sign-in?app_id=bookstore-gateway\"");
    }

    @Test
    void signingUpCreatesTheUserAndSignsIn() {
        var page = browser.signIn(app.request().with("first_screen", "register"), "carol", "Correct-Horse-7");

        var claims = Tokens.claims(app.exchange(page.query("code")).text("id_token"));
        assertThat(claims.path("username").asString()).isEqualTo("carol");
        assertThat(claims.path("sub").asString()).matches("[0-9a-z]{12}");
    }

    @Test
    void signingUpWithAnAddressLeavesTheUsernameNull() {
        var page =
                browser.signIn(app.request().with("first_screen", "register"), "carol@example.test", "Correct-Horse-7");

        var claims = Tokens.claims(app.exchange(page.query("code")).text("id_token"));
        assertThat(claims.path("username").isNull()).isTrue();
        assertThat(claims.path("email").asString()).isEqualTo("carol@example.test");
    }

    @Test
    void signingUpRefusesTakenNamesAndShortPasswords() {
        var register = app.request().with("first_screen", "register");

        assertThat(browser.signIn(register, "alice", "Correct-Horse-7").alert()).contains("already in use");
        assertThat(browser.signIn(register, "dora", "short").alert()).contains("minimum of 8");
    }

    @Test
    void resetPasswordTakesTheNewOneAndLeadsBackToSignIn() {
        var page = browser.signIn(app.request().with("first_screen", "reset_password"), "bob", "New-Password-9");

        assertThat(page.uri().getPath()).isEqualTo("/sign-in");
        assertThat(page.alert()).contains("Password changed");
        assertThat(browser.submit(page, Map.of("identifier", "bob", "password", "New-Password-9"))
                        .isAtApplication())
                .isTrue();
    }

    @Test
    void suspendedUserEndsOnAPageAndTheApplicationNeverHearsOfIt() {
        EMULATOR.control().patch("/control/users/alice/is-suspended", Map.of("isSuspended", true));

        var page = browser.signIn(app.request());

        assertThat(page.uri().getPath()).isEqualTo("/account-suspended");
    }
}
