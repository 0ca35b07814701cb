package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void signedInPersonEndsAtThePageTheyWantedWithItsQuery() {
        Answer toIdp = browser.open(STAGE.url("/books?sort=title%20a&x=1"));

        Answer landed = finish(browser.signIn(toIdp, "alice", "Wonderland-42!"));

        assertThat(landed.status()).isEqualTo(302);
        assertThat(landed.header("Location")).contains("/books?sort=title%20a&x=1");
        assertThat(browser.cookies()).containsKey("gatehouse");
        assertThat(browser.open(landed.location().toString()).body()).isEqualTo("upstream");
        assertThat(STAGE.upstream().single().uri()).isEqualTo("/books?sort=title%20a&x=1");
    }

    @Test
    void sessionCookieCarriesNothingButAnId() {
        Answer landed = STAGE.signInAsAlice(browser);

        assertThat(browser.cookies().get("gatehouse")).matches("[A-Za-z0-9_-]{43}");
        assertThat(landed.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.matches("(?i)gatehouse=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Test
    void returnToOfAnotherSiteLeadsHome() {
        Answer toIdp = browser.open(STAGE.url("/auth/sign-in?return_to=https://evil.example/"));

        assertThat(finish(browser.signIn(toIdp, "alice", "Wonderland-42!")).header("Location"))
                .contains("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "?code=x",
                "?state=",
                "?state=%00",
                "?state=x&code=y",
                "?error=access_denied",
                "?&",
                "?state",
                "?iss=https://evil.example"
            })
    void callbackWithoutAFlowOfThisBrowserIsAPageAndNoSession(String query) {
        Answer answer = browser.open(STAGE.url("/auth/callback" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Sign in again", "flow-unknown");
        assertThat(STAGE.redis().keys()).isEmpty();
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=a&code=b&state=s", "?state=a&state=b", "?iss=a&iss=b", "?error=a&error=b"})
    void repeatedParameterIsABadRequest(String query) {
        Answer answer = browser.open(STAGE.url("/auth/callback" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-request");
    }

    @Test
    void callbackOfAnotherBrowserMakesNoSession() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        Browser other = new Browser();
        other.open(STAGE.url("/books"));

        Answer answer = other.open(callback.location().toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(other.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    @Test
    void codeIsRedeemedOnceEvenIfTheFlowCookieIsPlayedAgain() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        Browser replay = new Browser().with("gatehouse-flow", browser.cookies().get("gatehouse-flow"));
        finish(callback);

        Answer answer = replay.open(callback.location().toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(replay.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.logto().tokenCalls("authorization_code")).isEqualTo(1);
    }

    @Test
    void reloadedCallbackLeadsASignedInPersonOn() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        finish(callback);

        assertThat(finish(callback).header("Location")).contains("/books");
        assertThat(STAGE.logto().tokenCalls("authorization_code")).isEqualTo(1);
    }

    @Test
    void callbackThatIsSentTwiceAtOnceMakesOneSession() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"latency\",\"delay\":\"500ms\"}");
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");

        List<CompletableFuture<Answer>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> finish(callback), Thread::startVirtualThread))
                .limit(5)
                .toList();

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.join().header("Location")).contains("/books"));
        assertThat(STAGE.logto().tokenCalls("authorization_code")).isEqualTo(1);
        assertThat(STAGE.redis().keys())
                .filteredOn(key -> key.contains(":session:"))
                .hasSize(1);
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void redisThatIsDownAtTheCallbackIsAskedAgain() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        STAGE.redis().pause();
        Answer waiting;
        try {
            waiting = finish(callback);
        } finally {
            STAGE.redis().resume();
        }

        assertThat(waiting.status()).isEqualTo(503);
        assertThat(waiting.body())
                .contains("session-store-unavailable", "http-equiv=\"refresh\"")
                .doesNotContain("code=");
        assertThat(browser.cookies()).containsKey("gatehouse-flow");
    }

    @Test
    void errorDoesNotUseUpTheFlow() {
        Answer toIdp = browser.open(STAGE.url("/books"));
        String state = toIdp.locationParameters().get("state").getFirst();
        browser.open(STAGE.url("/auth/callback?error=access_denied&state=" + state + "&iss="
                + STAGE.logto().issuer()));

        assertThat(finish(browser.signIn(toIdp, "alice", "Wonderland-42!")).header("Location"))
                .contains("/books");
    }

    @Test
    void signInThatWasBegunBeforeASignOutDoesNotUndoIt() {
        Answer before = browser.open(STAGE.url("/books"));
        STAGE.signInAsAlice(browser);
        STAGE.advance(Duration.ofMinutes(5));
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        Answer answer = browser.follow(before);

        assertThat(answer.uri().getPath()).isEqualTo("/auth/callback");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(browser.cookies()).doesNotContainKey("gatehouse").containsKey("gatehouse-out");
    }

    @Test
    void errorFromLogtoIsAPageWithAFixedText() {
        Answer toIdp = browser.open(STAGE.url("/books"));
        String state = toIdp.locationParameters().get("state").getFirst();

        Answer answer = browser.open(
                STAGE.url("/auth/callback?error=login_required&error_description=%3Cimg%20src=x%3ECall+0800" + "&state="
                        + state + "&iss=" + STAGE.logto().issuer()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sign-in-refused", "Sign in again").doesNotContain("0800", "<img", state);
    }

    @Test
    void tokenEndpointThatFailsIsAskedAgainByAPageThatShowsNoCode() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503,\"count\":1}");
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");

        Answer answer = finish(callback);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.body())
                .contains("provider-unavailable", "Sign in again", "http-equiv=\"refresh\"")
                .doesNotContain("code=");
        assertThat(finish(callback).header("Location")).contains("/books");
    }

    @Test
    void wrongClientSecretIsTheOperatorsProblemAndNotThePersons() {
        STAGE.logto()
                .fault("{\"endpoint\":\"token\",\"kind\":\"oauth-error\",\"status\":401,\"error\":\"invalid_client\"}");

        Answer answer = finish(browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("provider-misconfigured");
    }

    @Test
    void someoneElseMaySignInInTheSameBrowser() {
        STAGE.signInAsAlice(browser);
        String first = browser.cookies().get("gatehouse");

        finish(browser.signIn(browser.open(STAGE.url("/auth/sign-in?prompt=login")), "bob", "Builder-42!!"));

        assertThat(browser.cookies().get("gatehouse")).isNotEqualTo(first);
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"name\":\"Bob\"");
        assertThat(STAGE.redis().sessions()).hasSize(1);
    }

    @Test
    void freshAuthenticationHasToBeProvenWhereItWasAskedFor() {
        STAGE.logto()
                .fault(
                        "{\"endpoint\":\"token\",\"kind\":\"id-token-claim\",\"name\":\"auth_time\",\"edit\":\"shift\",\"by\":\"-1h\"}");

        Answer answer = finish(
                browser.signIn(browser.open(STAGE.url("/auth/sign-in?prompt=login")), "alice", "Wonderland-42!"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("step-up-unproven");
    }

    private Answer finish(Answer callback) {
        return browser.open(callback.location().toString());
    }
}
