package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People who are asked how they want to sign in. */
class ChoiceIT {

    @RegisterExtension
    static final Stage STAGE =
            new Stage(Map.of("gatehouse.sign-in.choice", "true", "gatehouse.sign-in.domains[acme.test]", "okta"));

    private final Browser browser = new Browser();

    @Test
    void pageOffersConnectorsAndAnAddress() {
        Answer page = browser.open(STAGE.url("/books?x=1&y=%22"));

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.body())
                .contains("Continue with okta", "Other ways to sign in", "type=\"email\"")
                .contains("return_to=%2Fbooks%3Fx%3D1%26y%3D%2522&amp;connector=okta");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' " + STAGE.logto().endpoint() + "/");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void addressDecidesWhereToGo() {
        String start = "/auth/sign-in?return_to=/books&login_hint=";

        assertThat(browser.click(STAGE.url(start + "erin@acme.test")).locationParameters())
                .containsEntry("direct_sign_in", List.of("sso:" + STAGE.logto().connector()))
                .containsEntry("login_hint", List.of("erin@acme.test"));
        assertThat(browser.click(STAGE.url(start + "alice@bookstore.test")).locationParameters())
                .doesNotContainKey("direct_sign_in")
                .containsEntry("login_hint", List.of("alice@bookstore.test"));
    }

    @Test
    void scriptIsAnsweredAsEver() {
        assertThat(browser.fetch("GET", STAGE.url("/books")).body()).contains("sign-in-required", "signInUrl");
    }
}
