package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sign-out that goes on at the company's own identity provider. */
class ChainedSignOutIT {

    private static final String THEN = "https://acme.okta.example/login/signout?fromURI=https%3A%2F%2Fapp.example%2F";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.sign-out.then", THEN));

    private final Browser browser = new Browser();

    @Test
    void browserThatComesBackFromLogtoIsSentOnOnce() {
        signInAndOut();

        Answer onward = browser.open(STAGE.url("/auth/signed-out"));

        assertThat(onward.status()).isEqualTo(302);
        assertThat(onward.location()).hasToString(THEN);
        for (int again = 0; again < 2; again++) {
            Answer page = browser.open(STAGE.url("/auth/signed-out"));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("You are signed out");
        }
    }

    @Test
    void logtoIsToldToComeBackHereAndNotToTheHomePage() {
        STAGE.signInAsAlice(browser);

        Answer toLogto = browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(toLogto.locationParameters())
                .containsEntry("post_logout_redirect_uri", List.of(STAGE.url("/auth/signed-out")));
    }

    @Test
    void theNextSignInStillAsksForCredentials() {
        signInAndOut();
        browser.open(STAGE.url("/auth/signed-out"));

        assertThat(browser.open(STAGE.url("/books")).locationParameters())
                .containsEntry("prompt", List.of("login consent"));
    }

    @Test
    void nobodyIsSentOnWhoHasNotSignedOut() {
        assertThat(browser.open(STAGE.url("/auth/signed-out")).status()).isEqualTo(200);
        STAGE.signInAsAlice(browser);
        assertThat(browser.open(STAGE.url("/auth/signed-out")).status()).isEqualTo(200);
    }

    @Test
    void nobodyIsSentOnAfterANewSignInOrLongAfterwards() {
        signInAndOut();
        Answer toIdp = browser.open(STAGE.url("/books"));
        browser.open(browser.signIn(toIdp, "alice", "Wonderland-42!").location().toString());
        assertThat(browser.open(STAGE.url("/auth/signed-out")).status()).isEqualTo(200);

        browser.submit(STAGE.url("/auth/sign-out"), Map.of());
        STAGE.advance(Duration.ofMinutes(11));
        assertThat(browser.open(STAGE.url("/auth/signed-out")).status()).isEqualTo(200);
    }

    @Test
    void scriptDoesNotUseUpTheWayOn() {
        signInAndOut();

        assertThat(browser.fetch("GET", STAGE.url("/auth/signed-out")).status()).isEqualTo(200);
        assertThat(browser.open(STAGE.url("/auth/signed-out")).location()).hasToString(THEN);
    }

    @Test
    void questionMayLeadToBothIdps() {
        assertThat(browser.open(STAGE.url("/auth/sign-out")).header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .endsWith("form-action 'self' " + STAGE.logto().endpoint() + "/ https://acme.okta.example/"));
    }

    private void signInAndOut() {
        STAGE.signInAsAlice(browser);
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());
    }
}
