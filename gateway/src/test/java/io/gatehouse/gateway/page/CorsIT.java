package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What pages of other origins may read and do. */
class CorsIT {

    private static final String SHOP = "https://shop.app.example";
    private static final String STRANGER = "https://blog.app.example";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    @RegisterExtension
    static final Stage STAGE =
            new Stage(Map.of("gatehouse.cors.allowed-origins", SHOP, "gatehouse.routes[1].csrf", "off"));

    private final Browser browser = new Browser();

    @ParameterizedTest
    @CsvSource({"GET, /auth/session, 200", "HEAD, /auth/session, 200", "GET, /books, 401", "POST, /api/x, 401"})
    void listedOriginReadsWhoIsSignedInAndThatSomebodyHasToSignIn(String method, String path, int status) {
        Answer answer = from(SHOP, method, path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header(ALLOW_ORIGIN)).contains(SHOP);
        assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, "null", "https://shop.app.example.evil.example", "http://shop.app.example"})
    void otherOriginsReadNothing(String origin) {
        for (String path : new String[] {"/auth/session", "/books", "/auth/sign-out"}) {
            Answer answer = from(origin, "GET", path);

            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
        }
    }

    @Test
    void listedOriginReadsTheSessionOfThePersonAndKeepsItAlive() {
        STAGE.signInAsAlice(browser);
        STAGE.advance(Duration.ofMinutes(20));
        int before = session("/auth/session").path("idleSeconds").asInt();

        JsonNode extended = session("/auth/session?extend=true");

        assertThat(extended.path("idleSeconds").asInt()).isGreaterThan(before);
        assertThat(extended.propertyNames())
                .containsExactlyInAnyOrder(
                        "signedIn",
                        "subject",
                        "name",
                        "email",
                        "roles",
                        "organizations",
                        "organization",
                        "idleSeconds",
                        "absoluteSeconds",
                        "signOutUrl");
        assertThat(extended.toString()).doesNotContain("eyJ");
    }

    @Test
    void answersOfUpstreamsAreTheirOwn() {
        STAGE.signInAsAlice(browser);

        Answer answer = from(SHOP, "GET", "/books");

        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void otherEndpointsOfOursAreNotShared() {
        STAGE.signInAsAlice(browser);

        assertThat(from(SHOP, "GET", "/auth/sessions").header(ALLOW_ORIGIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/session", "/auth/sign-out"})
    void preflightIsAnsweredWithoutAChallenge(String path) {
        Answer answer = preflight(SHOP, path);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header(ALLOW_ORIGIN)).contains(SHOP);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET,HEAD,POST");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Content-Type");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({STRANGER + ", /auth/session", SHOP + ", /auth/sessions", SHOP + ", /auth/unknown", SHOP + ", /auth"})
    void preflightThatIsNotAllowedIsAnsweredWithoutPermission(String origin, String path) {
        Answer answer = preflight(origin, path);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/api/x"})
    void preflightToAnUpstreamGetsNoPermissionFromUs(String path) {
        Answer answer = preflight(SHOP, path);

        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void listedOriginOfTheSameSiteActsForThePerson() {
        STAGE.signInAsAlice(browser);

        assertThat(from(SHOP, "POST", "/books").status()).isEqualTo(200);
        assertThat(from(STRANGER, "POST", "/books").status()).isEqualTo(403);
        assertThat(from(STRANGER, "POST", "/auth/sign-out").status()).isEqualTo(403);
        Answer signedOut = from(SHOP, "POST", "/auth/sign-out");
        assertThat(signedOut.header(ALLOW_ORIGIN)).contains(SHOP);
        assertThat(signedOut.body()).contains("/session/end?");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/sessions/end", "/auth/organization"})
    void ourOtherEndpointsAreForOurOwnPages(String path) {
        STAGE.signInAsAlice(browser);

        assertThat(from(SHOP, "POST", path).status()).isEqualTo(403);
    }

    @Test
    void routeThatGuardsItselfGetsWhatOtherSitesSend() {
        STAGE.signInAsAlice(browser);

        Answer answer = from("https://evil.example", "POST", "/optional/x");

        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(from("https://evil.example", "POST", "/api/x").status()).isEqualTo(403);
    }

    @Test
    void noticeIsASmallScriptForEverybody() {
        Answer answer = browser.fetch("GET", STAGE.url("/auth/assets/expiry-notice.js"));

        assertThat(answer.header("Content-Type")).contains("text/javascript;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).contains("max-age=3600, public");
        assertThat(answer.body())
                .contains("\"/auth/session\"", "\"/auth/sign-in\"")
                .doesNotContain("{{", "innerHTML", "setAttribute(\"style\"");
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(3 * 1024);
    }

    private JsonNode session(String path) {
        return JsonMapper.builder().build().readTree(from(SHOP, "GET", path).body());
    }

    private Answer from(String origin, String method, String path) {
        Map<String, String> headers = new TreeMap<>(Map.of("Accept", "*/*", "Origin", origin));
        headers.putAll(Map.of("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"));
        return browser.send(method, STAGE.url(path), "", headers);
    }

    private static Answer preflight(String origin, String path) {
        Map<String, String> headers = Map.of(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "content-type");
        return new Browser().send("OPTIONS", STAGE.url(path), "", headers);
    }
}
