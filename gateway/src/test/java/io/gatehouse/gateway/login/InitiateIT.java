package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-ins that start elsewhere, and tabs that come back without having finished theirs. */
class InitiateIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void thirdPartyLeadsToTheConnectorByLinkOrForm() {
        String connector = STAGE.logto().connector();
        String query = "?iss=" + STAGE.logto().issuer() + "&target_link_uri=" + STAGE.url("/books") + "&ssoConnectorId="
                + connector;
        Map<String, String> fields = Map.of(
                "iss", STAGE.logto().issuer(), "target_link_uri", STAGE.url("/books"), "ssoConnectorId", connector);

        assertThat(browser.open(STAGE.url("/auth/initiate" + query)).locationParameters())
                .containsEntry("direct_sign_in", List.of("sso:" + connector))
                .containsEntry("prompt", List.of("login consent"));
        assertThat(browser.submit(STAGE.url("/auth/initiate"), fields).locationParameters())
                .containsEntry("direct_sign_in", List.of("sso:" + connector));
    }

    @Test
    void stuckTabsOfASignedInBrowserComeHomeOneAfterTheOther() {
        browser.open(STAGE.url("/books?tab=1"));
        browser.open(STAGE.url("/books?tab=2"));
        STAGE.signInAsAlice(browser);

        assertThat(comeHome()).contains("/books?tab=2");
        assertThat(comeHome()).contains("/books?tab=1");
        assertThat(comeHome()).contains("/");
    }

    @Test
    void stuckTabOfABrowserThatIsNotSignedInBeginsAnewAndEndsAtItsPage() {
        browser.open(STAGE.url("/books?tab=1"));

        Answer callback = browser.signIn(browser.open(STAGE.url("/auth/initiate")), "alice", "Wonderland-42!");

        assertThat(browser.open(callback.location().toString()).header("Location"))
                .contains("/books?tab=1");
    }

    @Test
    void sessionThatCannotBeLookedUpIsNotTakenForNone() {
        STAGE.signInAsAlice(browser);
        STAGE.redis().pause();
        try {
            assertThat(new Browser()
                            .with("gatehouse", "A".repeat(43))
                            .open(STAGE.url("/auth/initiate"))
                            .status())
                    .isEqualTo(503);
        } finally {
            STAGE.redis().resume();
        }
    }

    private Optional<String> comeHome() {
        return browser.open(STAGE.url("/auth/initiate")).header("Location");
    }
}
