package io.gatehouse.gateway.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.TestSessions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrives at an upstream that checks tokens by itself, and what is left behind on the way. */
class BookstoreJourneyIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Browser browser = new Browser();

    @Test
    void bookstoreReceivesAJwtForItselfWithTheUsersScopes() {
        signIn(Steps.ALICE, Steps.ALICES_PASSWORD);

        Answer answer = browser.fetch("GET", url("/whoami"));

        JsonNode claims = JSON.readTree(answer.body()).path("claims");
        assertThat(claims.path("aud").asString()).isEqualTo(TestSessions.RESOURCE);
        assertThat(claims.path("iss").asString())
                .isEqualTo(RUNNING.get().logto().issuer());
        assertThat(claims.path("scope").asString().split(" ")).containsExactlyInAnyOrder("read:books", "write:books");
        assertThat(answer.body()).doesNotContain("eyJ");
        JsonNode received = received("/whoami").getFirst();
        assertThat(received.path("audience").valueStream().map(JsonNode::asString))
                .containsExactly(TestSessions.RESOURCE);
        assertThat(received.path("cookieNames").size()).isZero();
    }

    @Test
    void userWithTheRoleAddsABookAndTheUserWithoutGetsA403FromTheBookstore() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/books"));
        Steps.signInAtLogto(page, Steps.ALICE, Steps.ALICES_PASSWORD);
        page.locator("#title").fill("Through the Looking-Glass");
        page.locator("#author").fill("Lewis Carroll");
        page.locator("#add button").click();
        PlaywrightAssertions.assertThat(page.locator("#books")).containsText("Through the Looking-Glass");

        signIn(Steps.BOB, Steps.BOBS_PASSWORD);
        Answer refused = browser.fetch("GET", url("/api/books"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("insufficient_scope", "read:books"));
    }

    @Test
    void personWithoutTheRoleIsToldWhatToAskFor() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/books"));
        Steps.signInAtLogto(page, Steps.BOB, Steps.BOBS_PASSWORD);

        PlaywrightAssertions.assertThat(page.locator("#books-status")).containsText("ask for the role bookseller");
        CHROMIUM.picture(page, "books-forbidden");
    }

    @Test
    void noRequestWithoutASessionReachesTheBookstoreButOnOpenPages() {
        for (String path : List.of("/books", "/api/books", "/whoami", "/echo/headers", "/received", "/unknown")) {
            browser.open(url(path));
            browser.fetch("GET", url(path));
            browser.fetch("POST", url(path));
            browser.send("GET", url(path), "", Map.of("Authorization", "Bearer forged", "Cookie", "gatehouse=forged"));
        }

        assertThat(RUNNING.get().bookstore().received()).isEmpty();
    }

    /** Where Spring Boot sees Kubernetes it would take all of these for the truth. */
    @Test
    void noForwardedHeaderOpensAPageOrChangesAnAddress() {
        Map<String, String> forwarded = Map.of(
                "X-Forwarded-Prefix", "/public",
                "X-Forwarded-Host", "evil.example",
                "X-Forwarded-Proto", "https",
                "Forwarded", "host=evil.example;proto=https");

        Answer answer = browser.send("GET", url("/books"), "", forwarded);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("evil.example").contains(url("/auth/sign-in"));
        assertThat(RUNNING.get().bookstore().received()).isEmpty();
    }

    @Test
    void everythingRedisHoldsTellsNothingToWhoeverReadsIt() {
        signIn(Steps.ALICE, Steps.ALICES_PASSWORD);
        browser.fetch("GET", url("/api/books"));
        String subject = JSON.readTree(
                        browser.fetch("GET", url("/auth/session")).body())
                .path("subject")
                .asString();

        List<String> contents = RUNNING.get().redis().contents().stream()
                .map(value -> new String(value, ISO_8859_1))
                .toList();

        assertThat(contents)
                .anyMatch(value -> value.startsWith("gatehouse:session:"))
                .allSatisfy(value -> assertThat(value)
                        .doesNotContain("eyJ", browser.cookies().get("gatehouse"), subject)
                        .doesNotContainIgnoringCase("alice", "bookstore.test", "Liddell", "bookseller", "read:books"));
    }

    @Test
    void logsOfTheGatewayHoldNoTokenNoSessionIdAndNoCode() {
        Answer callback = browser.signIn(browser.open(url("/books")), Steps.ALICE, Steps.ALICES_PASSWORD);
        String code = callback.locationParameters().get("code").getFirst();
        browser.open(callback.location().toString());
        browser.fetch("GET", url("/api/books"));
        String id = browser.cookies().get("gatehouse");
        browser.open(callback.location().toString());
        browser.fetch("POST", url("/auth/sign-out"));

        assertThat(Stream.of(RUNNING.get().a().output(), RUNNING.get().b().output()))
                .allSatisfy(log -> assertThat(log)
                        .doesNotContain(
                                "eyJ", id, code, "alice@", RUNNING.get().logto().secret()));
        assertThat(RUNNING.get().a().output())
                .contains("signed in subject=", "token refreshed subject=", "session ended subject=");
    }

    private void signIn(String user, String password) {
        Answer callback = browser.signIn(browser.open(url("/books")), user, password);
        browser.open(callback.location().toString());
    }

    private static List<JsonNode> received(String path) {
        return RUNNING.get().bookstore().received().stream()
                .filter(request -> request.path("path").asString().equals(path))
                .toList();
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
