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

/**
 * What a browser may bring back. Tests with a number are of the list of what other relying parties and gateways got
 * wrong: {@code r} those of the conformance suites, {@code s} those that became known as vulnerabilities.
 */
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

    /** {@code fapi2-...-client-test-invalid-authorization-response-iss} and {@code -remove-...} (RFC 9207). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'edit':'replace','value':'https://evil.example'",
                "'edit':'replace','value':'ISSUER/'",
                "'edit':'replace','value':''",
                "'edit':'remove'"
            })
    void r42ResponseOfAnotherIssuerIsRejectedBeforeTheCodeIsSentAnywhere(String edit) {
        edit("iss", edit.replace("ISSUER", STAGE.logto().issuer()));

        Rejections.assertRejected(STAGE, browser, STAGE.signInAsAlice(browser), "sign-in-invalid");
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    /** RFC 9207, section 2.4: two of them are none, whatever the second one says. */
    @Test
    void r42ResponseThatNamesTwoIssuersIsRefused() {
        edit("iss", "'edit':'duplicate','value':'" + STAGE.logto().issuer() + "'");

        Answer answer = STAGE.signInAsAlice(browser);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-request", "href=\"/auth/sign-in?return_to=");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    /** An error is a response too: one of another IdP must not tell anybody anything. */
    @Test
    void r42ErrorOfAnotherIssuerIsRejected() {
        Answer toIdp = browser.open(STAGE.url("/books"));
        String state = toIdp.locationParameters().get("state").getFirst();

        Answer answer = browser.open(
                STAGE.url("/auth/callback?error=access_denied&iss=https%3A%2F%2Fevil.example&state=" + state));

        Rejections.assertRejected(STAGE, browser, answer, "sign-in-invalid");
    }

    /** {@code fapi2-...-client-test-...-with-invalid-state-fails} and {@code -invalid-missing-state-fails}. */
    @ParameterizedTest
    @ValueSource(strings = {"'edit':'replace','value':'x'", "'edit':'replace','value':''", "'edit':'remove'"})
    void r43ResponseWithoutTheStateOfThisBrowserIsRejected(String edit) {
        edit("state", edit);

        Rejections.assertRejected(STAGE, browser, STAGE.signInAsAlice(browser), "flow-unknown");
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    /** CVE-2023-27496. */
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
                "?error=x",
                "?state=%00&code=%00",
                "?&",
                "?state",
                "?iss=https://evil.example"
            })
    void s35CallbackWithoutAFlowOfThisBrowserIsAPageAndNoSession(String query) {
        Answer answer = browser.open(STAGE.url("/auth/callback" + query));

        assertThat(answer.status()).isEqualTo(400);
        Rejections.assertRejected(STAGE, browser, answer, "flow-unknown");
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":once:"));
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=a&code=b&state=s", "?state=a&state=b", "?iss=a&iss=b", "?error=a&error=b"})
    void repeatedParameterIsABadRequest(String query) {
        Answer answer = browser.open(STAGE.url("/auth/callback" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-request");
    }

    /** CVE-2026-66884: with a code that is good. */
    @Test
    void s36GoodCodeWithoutStateMakesNoSession() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        String code = callback.locationParameters().get("code").getFirst();

        Answer answer = browser.open(STAGE.url(
                "/auth/callback?code=" + code + "&iss=" + STAGE.logto().issuer()));

        Rejections.assertRejected(STAGE, browser, answer, "flow-unknown");
        assertThat(STAGE.logto().calls("token")).isZero();
        assertThat(finish(callback).header("Location")).contains("/books");
    }

    /** The code of one tab with the state of another: PKCE and nonce are the flow's. */
    @Test
    void s36GoodCodeWithTheStateOfAnotherFlowMakesNoSession() {
        Answer other = browser.open(STAGE.url("/other"));
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        String code = callback.locationParameters().get("code").getFirst();
        String state = other.locationParameters().get("state").getFirst();

        Answer answer = browser.open(STAGE.url("/auth/callback?code=" + code + "&state=" + state + "&iss="
                + STAGE.logto().issuer()));

        // Logto refuses the code, and the sign-in begins anew.
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer() + "/auth?");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    /** CVE-2023-35941: whatever is changed of what this browser was given to keep, it is no flow any more. */
    @Test
    void s37TamperedFlowCookieIsNoFlow() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        String sealed = browser.cookies().get("gatehouse-flow");

        for (int i = 0; i < sealed.length() - 1; i += 7) {
            char changed = sealed.charAt(i) == 'A' ? 'B' : 'A';
            Browser other =
                    new Browser().with("gatehouse-flow", sealed.substring(0, i) + changed + sealed.substring(i + 1));

            Rejections.assertRejected(
                    STAGE, other, other.open(callback.location().toString()), "keys-differ");
        }
        assertThat(finish(callback).header("Location")).contains("/books");
    }

    /** A sealed value of ours in a place that it was not sealed for. */
    @Test
    void s37CookieOfOneKindIsNoneOfAnother() {
        STAGE.signInAsAlice(browser);
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());
        String marker = browser.cookies().get("gatehouse-out");
        String flows = browser.cookies().get("gatehouse-flow");

        Answer withMarkerAsFlow =
                new Browser().with("gatehouse-flow", marker).open(STAGE.url("/auth/callback?state=x"));
        Answer withFlowAsMarker = new Browser().with("gatehouse-out", flows).open(STAGE.url("/books"));

        assertThat(withMarkerAsFlow.status()).isEqualTo(400);
        assertThat(withFlowAsMarker.locationParameters()).containsEntry("prompt", List.of("consent"));
    }

    @Test
    void s36CallbackOfAnotherBrowserMakesNoSession() {
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
        assertThat(waiting.header("Refresh")).contains("5");
        assertThat(waiting.body()).contains("session-store-unavailable").doesNotContain("code=");
        assertThat(browser.cookies()).containsKey("gatehouse-flow");
    }

    @Test
    void pageAboutAnErrorSpeaksTheLanguageTheSignInWasToBeIn() {
        Answer toIdp = browser.open(STAGE.url("/auth/sign-in?ui_locales=zh-CN"));
        String state = toIdp.locationParameters().get("state").getFirst();

        Answer page = browser.open(STAGE.url("/auth/callback?error=access_denied&state=" + state + "&iss="
                + STAGE.logto().issuer()));

        assertThat(page.header("Content-Language")).contains("zh");
        assertThat(page.body()).contains("<html lang=\"zh\">");
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

    /** CVE-2017-6059: whoever makes people follow a link must not choose what our page tells them. */
    @Test
    void s66TextOfAnErrorIsOursAndNotThatOfTheAddress() {
        Answer toIdp = browser.open(STAGE.url("/books"));
        String state = toIdp.locationParameters().get("state").getFirst();

        Answer answer = browser.open(
                STAGE.url("/auth/callback?error=login_required&error_description=%3Cimg%20src=x%3ECall+0800" + "&state="
                        + state + "&iss=" + STAGE.logto().issuer()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sign-in-refused", "Sign in again").doesNotContain("0800", "<img", state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error=x&error_description=Call+0800+1234",
                "error=%3Cimg+src%3Dx%3E0800",
                "error=x&error_uri=https%3A%2F%2F0800.example",
                "code=0800&state=0800&iss=0800"
            })
    void s66NothingOfAnAddressIsOnThePageThatAnswersIt(String query) {
        Answer answer = browser.open(STAGE.url("/auth/callback?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("flow-unknown").doesNotContain("0800", "<img");
    }

    @Test
    void tokenEndpointThatFailsIsAskedAgainByAPageThatShowsNoCode() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503,\"count\":1}");
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");

        Answer answer = finish(callback);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.header("Refresh")).contains("5");
        assertThat(answer.body())
                .contains("provider-unavailable", "Sign in again")
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

    /** GHSA-f24x-5g9q-753f: a session id that was there before the sign-in, and is good after it. */
    @Test
    void s34AnotherPersonInTheSameBrowserGetsANewIdAndTheOldOneIsDead() {
        STAGE.signInAsAlice(browser);
        String first = browser.cookies().get("gatehouse");

        finish(browser.signIn(browser.open(STAGE.url("/auth/sign-in?prompt=login")), "bob", "Builder-42!!"));

        assertThat(browser.cookies().get("gatehouse")).isNotEqualTo(first);
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"name\":\"Bob\"");
        assertThat(STAGE.redis().sessions()).hasSize(1);
        assertThat(new Browser()
                        .with("gatehouse", first)
                        .fetch("GET", STAGE.url("/auth/session"))
                        .body())
                .contains("\"signedIn\":false");
    }

    /** What an attacker has planted in a browser before somebody signs in there. */
    @Test
    void s34PlantedIdNeverBecomesASession() {
        String planted = "A".repeat(43);
        browser.with("gatehouse", planted);

        STAGE.signInAsAlice(browser);

        assertThat(browser.cookies().get("gatehouse")).isNotEqualTo(planted);
        assertThat(new Browser()
                        .with("gatehouse", planted)
                        .fetch("GET", STAGE.url("/books"))
                        .status())
                .isEqualTo(401);
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

    private static void edit(String parameter, String edit) {
        STAGE.logto()
                .fault(("{'endpoint':'authorize','kind':'response-parameter','name':'" + parameter + "'," + edit + "}")
                        .replace('\'', '"'));
    }

    private Answer finish(Answer callback) {
        return browser.open(callback.location().toString());
    }
}
