package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignOutIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void formOnOurPageSignsOutHereAndAtLogtoAndLeadsBackHome() {
        STAGE.signInAsAlice(browser);
        String id = browser.cookies().get("gatehouse");

        Answer answer = browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer() + "/session/end?");
        assertThat(answer.locationParameters())
                .containsEntry("client_id", List.of(LogtoEmulator.APP_ID))
                .containsEntry("post_logout_redirect_uri", List.of(STAGE.url("/")))
                .doesNotContainKey("id_token_hint");
        assertThat(answer.header("Clear-Site-Data")).contains("\"cache\"");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse").containsKey("gatehouse-out");
        assertThat(new Browser()
                        .with("gatehouse", id)
                        .fetch("GET", STAGE.url("/books"))
                        .status())
                .isEqualTo(401);
        assertThat(STAGE.redis().sessions()).isEmpty();
        assertThat(STAGE.logto().calls("revocation")).isEqualTo(1);
        assertThat(home(answer)).isEqualTo(STAGE.url("/"));
    }

    @Test
    void linkOnOurPageSignsOutAtOnce() {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.click(STAGE.url("/auth/sign-out"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
    }

    @Test
    void scriptIsToldWhereToGo() {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.fetch("POST", STAGE.url("/auth/sign-out"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"signOutUrl\":\"" + STAGE.logto().issuer() + "/session/end?client_id=");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, navigate, document, ?1",
        "same-site, navigate, document, ?1",
        "none, navigate, document, ?1",
        "same-origin, navigate, document, ",
        "same-origin, navigate, iframe, ?1"
    })
    void whateverElseGetsAQuestionAndKeepsTheSession(String site, String mode, String dest, String user) {
        STAGE.signInAsAlice(browser);
        Map<String, String> headers = new TreeMap<>(
                Map.of("Accept", "text/html", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", dest));
        if (user != null) {
            headers.put("Sec-Fetch-User", user);
        }

        Answer answer = browser.send("GET", STAGE.url("/auth/sign-out"), "", headers);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("<form method=\"post\" action=\"/auth/sign-out?confirmed=true\">");
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"same-origin, cors, empty", "cross-site, no-cors, image"})
    void scriptThatOnlyLooksIsToldWhereAPersonIsAsked(String site, String mode, String dest) {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.send(
                "GET",
                STAGE.url("/auth/sign-out"),
                "",
                Map.of("Accept", "*/*", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", dest));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"signOutUrl\":\"" + STAGE.url("/auth/sign-out") + "\"}");
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void withoutSessionNobodyIsSignedOutOfEverythingUnasked() {
        Answer question = browser.submit(STAGE.url("/auth/sign-out"), Map.of());
        Answer script = browser.fetch("POST", STAGE.url("/auth/sign-out"));

        assertThat(question.status()).isEqualTo(200);
        assertThat(question.body()).contains("Sign out?");
        assertThat(script.body()).isEqualTo("{\"signOutUrl\":\"" + STAGE.url("/auth/sign-out") + "\"}");
        assertThat(browser.fillIn(question, Map.of()).location().toString())
                .startsWith(STAGE.logto().issuer() + "/session/end?");
    }

    @Test
    void sessionThatCannotBeReadCanBeLeft() {
        STAGE.signInAsAlice(browser);
        damageSessions();
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(503);

        Answer answer = browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer() + "/session/end?");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    /** Prevents the class of CVE-2023-20862: what is in flight saves the session once it has been signed out of. */
    @Test
    void s45RequestThatIsInFlightDuringASignOutRevivesNothing() {
        STAGE.signInAsAlice(browser);
        Browser sameSession = new Browser().with("gatehouse", browser.cookies().get("gatehouse"));
        STAGE.logto().fault("""
            {"endpoint":"token","grantType":"refresh_token","kind":"latency-after","delay":"1s","count":1}\
            """);
        CompletableFuture<Answer> inFlight =
                CompletableFuture.supplyAsync(() -> sameSession.fetch("GET", STAGE.url("/api/books")));
        await().until(() -> STAGE.logto().faultsLeft() == 0);

        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(inFlight.join().status()).isIn(401, 503);
        assertThat(STAGE.redis().sessions()).isEmpty();
        assertThat(sameSession.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"signedIn\":false");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void redisThatIsDownIsNoSignOut() {
        STAGE.signInAsAlice(browser);
        STAGE.redis().pause();
        try {
            assertThat(browser.submit(STAGE.url("/auth/sign-out"), Map.of()).status())
                    .isEqualTo(503);
        } finally {
            STAGE.redis().resume();
        }

        assertThat(browser.cookies()).containsKey("gatehouse").doesNotContainKey("gatehouse-out");
        assertThat(STAGE.logto().calls("revocation")).isZero();
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void answeredQuestionSignsOut() {
        STAGE.signInAsAlice(browser);
        Answer question = browser.open(STAGE.url("/auth/sign-out"));

        Answer answer = browser.fillIn(question, Map.of());

        assertThat(question.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("form-action 'self' " + STAGE.logto().endpoint()));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
    }

    @ParameterizedTest
    @CsvSource({"cross-site, https://evil.example", "same-site, https://other.example", ", https://evil.example"})
    void anotherSiteCannotSignAnybodyOut(String site, String origin) {
        STAGE.signInAsAlice(browser);
        Map<String, String> headers = new TreeMap<>(Map.of("Accept", "text/html", "Origin", origin));
        if (site != null) {
            headers.put("Sec-Fetch-Site", site);
        }

        assertThat(browser.send("POST", STAGE.url("/auth/sign-out"), "", headers)
                        .status())
                .isEqualTo(403);
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void withoutSessionALinkIsNoReasonToSignOutOfEverything() {
        assertThat(browser.click(STAGE.url("/auth/sign-out")).status()).isEqualTo(200);
        assertThat(browser.click(STAGE.url("/auth/sign-out")).body()).contains("Sign out?");
    }

    @Test
    void afterASignOutTheNextSignInAsksForCredentials() {
        STAGE.signInAsAlice(browser);
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        Answer toIdp = browser.open(STAGE.url("/books"));
        assertThat(toIdp.locationParameters()).containsEntry("prompt", List.of("login consent"));

        browser.open(browser.signIn(toIdp, "alice", "Wonderland-42!").location().toString());
        assertThat(browser.cookies()).containsKey("gatehouse").doesNotContainKey("gatehouse-out");
    }

    @Test
    void idpThatIsDownKeepsNobodySignedIn() {
        STAGE.signInAsAlice(browser);
        STAGE.logto().fault("{\"endpoint\":\"revocation\",\"kind\":\"status\",\"status\":503}");

        assertThat(browser.submit(STAGE.url("/auth/sign-out"), Map.of()).status())
                .isEqualTo(303);
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    @Test
    void signedOutPageLeadsOnInTheLanguageItIsIn() {
        assertThat(browser.open(STAGE.url("/auth/signed-out?ui_locales=zh-CN")).body())
                .contains("<html lang=\"zh\">", "href=\"/auth/sign-in?ui_locales=zh-CN\"");
    }

    @Test
    void signedOutPageStartsNothingByItself() {
        Answer answer = browser.open(STAGE.url("/auth/signed-out"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("You are signed out", "href=\"/auth/sign-in\"");
        assertThat(answer.header("Refresh")).isEmpty();
        assertThat(browser.cookies()).isEmpty();
    }

    private static void damageSessions() {
        byte[] secrets = "s".getBytes(StandardCharsets.US_ASCII);
        STAGE.redis()
                .with(commands -> commands.keys("*:session:*").stream()
                        .map(key -> commands.hset(key, secrets, secrets))
                        .toList());
    }

    /** Where Logto sends the browser in the end. */
    private String home(Answer toIdp) {
        Answer page = browser.open(toIdp.location().toString());
        return browser.followUntil(page, uri -> uri.toString().startsWith(STAGE.url("/")))
                .location()
                .toString();
    }
}
