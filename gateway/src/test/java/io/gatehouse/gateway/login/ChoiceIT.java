package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who are asked how they want to sign in. */
class ChoiceIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.sign-in.choice", "true",
            "gatehouse.sign-in.domains[acme.test]", "okta",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].sign-in.keep-fragment", "true"));

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

    /** Pages that have no other way to ask lead here: those about a problem, a kept form, a fragment, a script. */
    @Test
    void linkThatLeavesItOpenGetsThePageTooAndLosesNothing() {
        Answer page = browser.click(
                STAGE.url("/auth/sign-in?return_to=/books%3Fx%3D1&prompt=login&organization=acmebooks001&step_up=api"));

        assertThat(page.body())
                .contains("name=\"organization\" value=\"acmebooks001\"", "name=\"step_up\" value=\"api\"")
                .contains("step_up=api&amp;choice=false");
        assertThat(browser.click(STAGE.url("/auth/sign-in?" + linkOf(page, "Other ways to sign in")))
                        .locationParameters())
                .containsEntry("organization_id", List.of("acmebooks001"))
                .containsEntry("prompt", List.of("login consent"))
                .doesNotContainKey("direct_sign_in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"choice=false", "connector=okta", "login_hint=joe", "first_screen=register", "prompt=consent"})
    void linkThatSaysHowIsFollowed(String query) {
        assertThat(browser.click(STAGE.url("/auth/sign-in?" + query)).status()).isEqualTo(302);
    }

    @Test
    void routeThatKeepsFragmentsOffersTheChoiceAfterwards() {
        Answer between = browser.open(STAGE.url("/optional/x?y=1"));
        assertThat(between.body()).contains("keep-fragment.js");

        Answer page = browser.click(STAGE.url("/auth/sign-in?" + linkOf(between, "Sign in and go on")));

        assertThat(page.body()).contains("Continue with okta", "return_to=%2Foptional%2Fx%3Fy%3D1");
    }

    private static String linkOf(Answer page, String label) {
        Matcher link = Pattern.compile("/auth/sign-in\\?([^\"]*)\">(?:<span[^>]*>)?" + label)
                .matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    @Test
    void scriptIsAnsweredAsEver() {
        assertThat(browser.fetch("GET", STAGE.url("/books")).body()).contains("sign-in-required", "signInUrl");
    }
}
