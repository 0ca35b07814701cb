package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins that start elsewhere, and tabs that come back without having finished theirs. */
class InitiateIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.sign-in.ui-locales", "de",
            "gatehouse.sign-in.parameters.hd", "acme.test",
            "gatehouse.routes[2].sign-in.max-age", "10m"));

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
    void configurationAsksForWhatALinkDoesNot() {
        assertThat(browser.open(STAGE.url("/books")).locationParameters())
                .containsEntry("hd", List.of("acme.test"))
                .containsEntry("ui_locales", List.of("de"));
        assertThat(browser.open(STAGE.url("/auth/sign-in?ui_locales=zh-CN&hd=x"))
                        .locationParameters())
                .containsEntry("hd", List.of("acme.test"))
                .containsEntry("ui_locales", List.of("zh-CN"));
    }

    @Test
    void portalOfTheCompanyNamesItselfAndNothingElse() {
        assertThat(browser.open(STAGE.url("/auth/initiate?iss=" + STAGE.logto().okta()))
                        .locationParameters())
                .containsEntry("direct_sign_in", List.of("sso:" + STAGE.logto().connector()))
                .containsEntry("prompt", List.of("login consent"));
        assertThat(browser.open(STAGE.url("/auth/initiate?iss=https://other.example"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void formOfAnotherSiteTakesNothingFromTheOtherTabs() {
        browser.open(STAGE.url("/books?tab=1"));
        Map<String, String> pending = browser.cookies();
        Map<String, String> fields = Map.of(
                "iss", STAGE.logto().okta(),
                "target_link_uri", STAGE.url("/books?tile=1&x=%20"),
                "login_hint", "erin@acme.test");

        Answer again = browser.submitElsewhere(STAGE.url("/auth/initiate"), fields);
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Set-Cookie")).isEmpty();
        assertThat(again.header("Location").orElseThrow()).startsWith("/auth/initiate?iss=");

        Answer toIdp = browser.open(again.location().toString());
        assertThat(toIdp.locationParameters())
                .containsEntry("login_hint", List.of("erin@acme.test"))
                .containsEntry("direct_sign_in", List.of("sso:" + STAGE.logto().connector()));
        assertThat(browser.cookies()).isNotEqualTo(pending);
        STAGE.signInAsAlice(browser);
        assertThat(comeHome()).contains("/books?tile=1&x=%20");
        assertThat(comeHome()).contains("/books?tab=1");
    }

    @Test
    void formOfAnotherSiteIsNoWayAroundTheSignOut() {
        STAGE.signInAsAlice(browser);
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        Answer again = browser.submitElsewhere(
                STAGE.url("/auth/initiate"), Map.of("iss", STAGE.logto().issuer()));

        assertThat(again.status()).isEqualTo(303);
        assertThat(browser.open(again.location().toString()).locationParameters())
                .containsEntry("prompt", List.of("login consent"));
    }

    @Test
    void formOfAnotherSiteThatNamesNobodyWeKnowIsRefusedAtOnce() {
        assertThat(browser.submitElsewhere(STAGE.url("/auth/initiate"), Map.of("iss", "https://evil.example"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void stuckTabAsksForWhatItHadAskedFor() {
        Answer first = browser.open(
                STAGE.url("/auth/sign-in?return_to=/books&organization=acmebooks001&connector=okta&ui_locales=zh-CN"));

        Answer second = browser.open(STAGE.url("/auth/initiate"));

        assertThat(lasting(second)).isEqualTo(lasting(first));
    }

    @Test
    void refusedCodeIsFollowedByTheSameQuestion() {
        Answer first = browser.open(STAGE.url("/auth/sign-in?return_to=/books&organization=acmebooks001&prompt=login"
                + "&login_hint=alice&ui_locales=zh-CN&first_screen=identifier:sign_in&step_up=api"));
        Answer callback = browser.signIn(first, "alice", "Wonderland-42!");
        STAGE.logto().fault("""
            {"endpoint": "token", "kind": "oauth-error", "status": 400, "error": "invalid_grant", "count": 1}\
            """);

        Answer second = browser.open(callback.location().toString());

        assertThat(lasting(second))
                .isEqualTo(lasting(first))
                .containsEntry("login_hint", List.of("alice"))
                .containsEntry("organization_id", List.of("acmebooks001"));
        Answer repeated = browser.signIn(second, "alice", "Wonderland-42!");
        assertThat(browser.open(repeated.location().toString()).header("Location"))
                .contains("/books");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iframe", "frame", "fencedframe", "embed", "object"})
    void frameIsNeverSentToLogto(String dest) {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        STAGE.logto().fault("""
            {"endpoint": "token", "kind": "oauth-error", "status": 400, "error": "invalid_grant", "count": 1}\
            """);
        STAGE.logto().forgetCalls();
        Map<String, String> cookies = browser.cookies();

        assertThat(List.of(
                        STAGE.url("/auth/sign-in?return_to=/books"),
                        STAGE.url("/auth/initiate?iss=" + STAGE.logto().okta()),
                        STAGE.url("/auth/initiate"),
                        callback.location().toString()))
                .allSatisfy(url -> assertThat(browser.frame(url, dest))
                        .satisfies(answer -> assertThat(answer.status()).isEqualTo(401))
                        .satisfies(
                                answer -> assertThat(answer.header("Location")).isEmpty())
                        .satisfies(answer -> assertThat(answer.body()).contains("sign-in-required", "signInUrl")));
        assertThat(browser.cookies()).isEqualTo(cookies);
        assertThat(STAGE.logto().calls("token")).isOne();
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

    /** What an authorization request asks for, without what is new every time. */
    private static Map<String, List<String>> lasting(Answer toIdp) {
        Map<String, List<String>> parameters = new TreeMap<>(toIdp.locationParameters());
        parameters.keySet().removeAll(Set.of("state", "nonce", "code_challenge"));
        return parameters;
    }

    private Optional<String> comeHome() {
        return browser.open(STAGE.url("/auth/initiate")).header("Location");
    }
}
