package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.fixture.Upstream;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void upstreamGetsAJwtForItsResourceWithTheUsersScopes() throws ParseException {
        STAGE.signInAsAlice(browser);

        browser.fetch("GET", STAGE.url("/api/books"));

        JWTClaimsSet claims = relayedToken();
        assertThat(claims.getAudience()).containsExactly(TestSessions.RESOURCE);
        assertThat(claims.getIssuer()).isEqualTo(STAGE.logto().issuer());
        assertThat(claims.getStringClaim("scope").split(" ")).containsExactlyInAnyOrder("read:books", "write:books");
    }

    @Test
    void userWithoutTheRoleIsRelayedWithoutItsScopes() throws ParseException {
        STAGE.signIn(browser, "bob", "Builder-42!!");

        browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(relayedToken().getStringClaim("scope")).isEmpty();
    }

    @Test
    void requestWithoutSessionNeverReachesAProtectedUpstream() {
        browser.fetch("GET", STAGE.url("/api/books"));
        browser.open(STAGE.url("/api/books"));
        new Browser().with("gatehouse", "A".repeat(43)).fetch("POST", STAGE.url("/api/books"));
        new Browser()
                .send(
                        "GET",
                        STAGE.url("/api/books"),
                        "",
                        Map.of("Authorization", "Bearer forged", "X-Auth-Subject", "admin"));

        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/optional/x", "/api/x", "/books"})
    void credentialsTheBrowserSendsReachNoUpstreamOnAnyKindOfRoute(String path) {
        STAGE.signInAsAlice(browser);

        browser.send(
                "GET",
                STAGE.url(path),
                "",
                Map.of(
                        "Authorization", "Bearer forged",
                        "X_Forwarded_User", "forged",
                        "X-Auth-Email", "forged",
                        "Forwarded", "for=forged",
                        "X-Forwarded-For", "forged",
                        "X-Correlation-Id", "forged"));

        Upstream.Received received = STAGE.upstream().single();
        assertThat(received.headers().entries())
                .noneMatch(header -> header.getValue().contains("forged"));
        assertThat(received.headers().getAll("Cookie")).noneMatch(cookie -> cookie.contains("gatehouse"));
        assertThat(received.headers().get("X-Correlation-Id")).matches("[0-9a-f]{16}");
        assertThat("http://" + received.headers().get("Host"))
                .isEqualTo(STAGE.upstream().url());
    }

    @Test
    void routeThatRelaysNothingGetsNothing() {
        STAGE.signInAsAlice(browser);

        browser.open(STAGE.url("/books"));

        assertThat(STAGE.upstream().single().headers().contains("Authorization"))
                .isFalse();
    }

    @Test
    void publicRouteKnowsNobodyEvenIfSomebodyIsSignedIn() {
        STAGE.signInAsAlice(browser);

        assertThat(browser.open(STAGE.url("/public/x")).status()).isEqualTo(200);

        assertThat(STAGE.upstream().single().headers().contains("Authorization"))
                .isFalse();
    }

    @Test
    void optionalRouteKnowsWhoeverIsSignedInAndServesEverybody() {
        assertThat(browser.open(STAGE.url("/optional/x")).status()).isEqualTo(200);
        STAGE.signInAsAlice(browser);
        browser.open(STAGE.url("/optional/x"));

        assertThat(STAGE.upstream().received())
                .extracting(received -> received.headers().contains("Authorization"))
                .containsExactly(false, true);
    }

    @Test
    void answerToASignedInPersonIsNotKeptByACacheUnlessTheUpstreamSaysSo() {
        assertThat(browser.open(STAGE.url("/public/x")).header("Cache-Control")).isEmpty();
        STAGE.signInAsAlice(browser);

        assertThat(browser.open(STAGE.url("/books")).header("Cache-Control")).contains("private, no-store");
        assertThat(browser.open(STAGE.url("/books?cache=public")).header("Cache-Control"))
                .contains("public, max-age=60");
        assertThat(browser.open(STAGE.url("/books")).header("X-Upstream")).contains("yes");
    }

    @Test
    void bodyAndMethodPassAsTheyAre() {
        STAGE.signInAsAlice(browser);

        browser.submit(STAGE.url("/books?x=%2F&y=a+b"), Map.of("title", "Alice & Co"));

        Upstream.Received received = STAGE.upstream().single();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.uri()).isEqualTo("/books?x=%2F&y=a+b");
        assertThat(received.body()).isEqualTo("title=Alice+%26+Co");
    }

    @Test
    void bodyOfAGetPassesUnlessItIsTooLargeToBeHeld() {
        STAGE.signInAsAlice(browser);

        assertThat(browser.send("GET", STAGE.url("/books"), "query", Map.of()).status())
                .isEqualTo(200);
        assertThat(browser.send("DELETE", STAGE.url("/books"), "x".repeat(65_537), Map.of())
                        .status())
                .isEqualTo(413);
        assertThat(STAGE.upstream().single().body()).isEqualTo("query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void anotherSiteCannotActForTheUser(String site) {
        STAGE.signInAsAlice(browser);

        Answer refused = browser.send(
                "POST", STAGE.url("/books"), "x=1", Map.of("Sec-Fetch-Site", site, "Sec-Fetch-Mode", "no-cors"));
        Answer withoutFetchMetadata =
                browser.send("POST", STAGE.url("/optional/x"), "", Map.of("Origin", "https://evil.example"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("cross-site-request");
        assertThat(withoutFetchMetadata.status()).isEqualTo(403);
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void anotherSiteMayPostToAPublicRoute() {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.send("POST", STAGE.url("/public/hook"), "x=1", Map.of("Sec-Fetch-Site", "cross-site"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void pathThatCouldBeReadInTwoWaysReachesNobody() {
        STAGE.signInAsAlice(browser);

        for (String path : List.of("/public/%2e%2e/api/x", "/public/..%2fapi/x", "/public/..;/api", "/public//x")) {
            assertThat(browser.open(STAGE.url(path)).status()).as(path).isEqualTo(400);
        }
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void opaqueTokenNeverLeavesThisGateway() {
        STAGE.signInAsAlice(browser);
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"opaque-access-token\"}");

        Answer answer = browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("token-refused");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    private static JWTClaimsSet relayedToken() throws ParseException {
        String authorization = STAGE.upstream().single().headers().get("Authorization");
        assertThat(authorization).startsWith("Bearer ");
        SignedJWT token = SignedJWT.parse(authorization.substring("Bearer ".length()));
        assertThat(token.getHeader().getType()).hasToString("at+jwt");
        return token.getJWTClaimsSet();
    }
}
