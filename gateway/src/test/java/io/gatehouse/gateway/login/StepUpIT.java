package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that ask for more than that somebody is signed in (RFC 9470; OpenID Connect Core 1.0, section 3.1.2.1). */
class StepUpIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.ofEntries(
            Map.entry("gatehouse.routes[4].path", "/books/**"),
            Map.entry("gatehouse.routes[5].id", "account"),
            Map.entry("gatehouse.routes[5].path", "/account/**"),
            Map.entry("gatehouse.routes[5].sign-in.max-age", "10m"),
            Map.entry("gatehouse.routes[6].id", "payment"),
            Map.entry("gatehouse.routes[6].path", "/payment/**"),
            Map.entry("gatehouse.routes[6].sign-in.max-age", "0s"),
            Map.entry("gatehouse.routes[7].id", "vault"),
            Map.entry("gatehouse.routes[7].path", "/vault/**"),
            Map.entry("gatehouse.routes[7].sign-in.acr", "phr,phrh"),
            Map.entry("gatehouse.routes[5].upstream", "http://127.0.0.1:1"),
            Map.entry("gatehouse.routes[6].upstream", "http://127.0.0.1:1"),
            Map.entry("gatehouse.routes[7].upstream", "http://127.0.0.1:1")));

    /** The upstream of these routes is down, so that this says that a request was let through to it. */
    private static final int LET_THROUGH = 502;

    private final Browser browser = new Browser();

    @Test
    void routeAsksTheIdentityProviderForAnAge() {
        assertThat(asked("/account"))
                .containsEntry("max_age", List.of("600"))
                .containsEntry("prompt", List.of("consent"));
        assertThat(asked("/payment")).containsEntry("prompt", List.of("login consent"));
        assertThat(asked("/vault")).containsEntry("acr_values", List.of("phr phrh"));
    }

    @Test
    void signInThatIsRecentEnoughOpensTheRouteUntilItIsTooOld() {
        Answer landed = land("/account");

        assertThat(browser.open(landed.location().toString()).status()).isEqualTo(LET_THROUGH);
        STAGE.advance(Duration.ofMinutes(12));
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(asked("/account")).containsEntry("max_age", List.of("600"));
    }

    @Test
    void sessionWithoutEvidenceHasToSignInOnceMoreAndKeepsWorkingElsewhere() {
        STAGE.signInAsAlice(browser);
        String first = browser.cookies().get("gatehouse");

        Answer required = browser.open(STAGE.url("/payment"));

        assertThat(required.status()).isEqualTo(302);
        assertThat(required.locationParameters()).containsEntry("prompt", List.of("login consent"));
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
        Answer callback = browser.signIn(required, "alice", "Wonderland-42!");
        Answer landed = browser.open(callback.location().toString());
        assertThat(landed.header("Location")).contains("/payment");
        assertThat(browser.cookies().get("gatehouse")).isNotEqualTo(first);
        assertThat(browser.open(STAGE.url("/payment")).status()).isEqualTo(LET_THROUGH);
    }

    @Test
    void freshSignInCountsForAMinuteOnly() {
        land("/payment");
        STAGE.advance(Duration.ofSeconds(50));
        assertThat(browser.open(STAGE.url("/payment")).status()).isEqualTo(LET_THROUGH);

        STAGE.advance(Duration.ofSeconds(30));

        assertThat(browser.open(STAGE.url("/payment")).status()).isEqualTo(302);
    }

    @Test
    void evidenceOutlivesARefreshThatDoesNotRepeatIt() {
        land("/account");
        STAGE.logto().fault("""
            {"endpoint":"token","grantType":"refresh_token","kind":"id-token-claim","name":"auth_time",\
            "edit":"remove"}\
            """);
        browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(STAGE.logto().tokenCalls("refresh_token")).isPositive();
        assertThat(browser.open(STAGE.url("/account")).status()).isEqualTo(LET_THROUGH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'edit':'remove'", "'edit':'shift','by':'-1h'", "'edit':'replace','value':'now'"})
    void missingOrOldEvidenceMakesNoSession(String edit) {
        STAGE.logto()
                .fault(("{'endpoint':'token','kind':'id-token-claim','name':'auth_time'," + edit + "}")
                        .replace('\'', '"'));

        Answer answer = land("/account");

        assertThat(answer.status()).isBetween(400, 403);
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    @Test
    void classThatTheIdentityProviderDoesNotNameIsDeniedWithAReason() {
        Answer answer = land("/vault");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("step-up-unproven", "Sign in again", "return_to=%2Fvault");
    }

    @Test
    void classThatIsNamedOpensTheRoute() {
        STAGE.logto()
                .fault(
                        "{\"endpoint\":\"token\",\"kind\":\"id-token-claim\",\"name\":\"acr\",\"edit\":\"replace\",\"value\":\"phr\"}");

        land("/vault");

        assertThat(browser.open(STAGE.url("/vault")).status()).isEqualTo(LET_THROUGH);
    }

    @Test
    void scriptLearnsThatAStepUpIsNeededAndWhere() {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.fetch("POST", STAGE.url("/payment/1"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .anyMatch(challenge -> challenge.contains("insufficient_user_authentication"));
        assertThat(answer.body()).contains("step-up-required", "&step_up=payment");
        assertThat(browser.open(STAGE.url("/auth/sign-in?return_to=/books&step_up=payment"))
                        .locationParameters())
                .containsEntry("prompt", List.of("login consent"));
    }

    private Map<String, List<String>> asked(String path) {
        return browser.open(STAGE.url(path)).locationParameters();
    }

    private Answer land(String path) {
        Answer callback = browser.signIn(browser.open(STAGE.url(path)), "alice", "Wonderland-42!");
        return browser.open(callback.location().toString());
    }
}
