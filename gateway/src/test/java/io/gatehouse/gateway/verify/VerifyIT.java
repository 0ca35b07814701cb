package io.gatehouse.gateway.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx is answered about requests that it has received. */
class VerifyIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.forward-auth.peers", "127.0.0.1",
            "gatehouse.forward-auth.proxy", "nginx",
            "gatehouse.routes[1].path", "/shop/**",
            "gatehouse.routes[1].id", "shop",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].upstream", "",
            "gatehouse.routes[1].relay.headers", "name=X-User-Name",
            "gatehouse.routes[1].rules[0].methods", "DELETE",
            "gatehouse.routes[1].rules[0].all", "role:admin"));

    private final Browser alice = new Browser();

    @Test
    void whoMayPassIsNamed() {
        STAGE.signInAsAlice(alice);

        Answer answer = ask("GET", "/shop/books?page=1", Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("X-Auth-Subject"))
                .hasValueSatisfying(sub -> assertThat(sub).isNotBlank());
        assertThat(answer.header("X-Auth-Email")).hasValue("alice@bookstore.test");
        assertThat(answer.header("X-Auth-Roles")).hasValue("bookseller");
        assertThat(answer.header("X-User-Name")).hasValue("Alice Liddell");
        assertThat(answer.header("Authorization"))
                .hasValueSatisfying(token -> assertThat(token).startsWith("Bearer ey"));
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void pageThatNeedsASignInIsToldWhereThatIs() {
        Answer answer = ask("GET", "/shop/books?page=1&q=a%26b", navigation());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Auth-Sign-In"))
                .hasValue(STAGE.url("/auth/sign-in?return_to=%2Fshop%2Fbooks%3Fpage%3D1%26q%3Da%2526b"));
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void scriptThatNeedsOneIsNot() {
        Answer answer = ask("GET", "/shop/books", Map.of("Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Auth-Sign-In")).isEmpty();
    }

    @Test
    void rulesOfTheRouteHold() {
        STAGE.signInAsAlice(alice);

        assertThat(ask("DELETE", "/shop/books/1", Map.of()).status()).isEqualTo(403);
        assertThat(ask("POST", "/shop/books", Map.of("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(ask("POST", "/shop/books", Map.of("Sec-Fetch-Site", "same-origin"))
                        .status())
                .isEqualTo(200);
    }

    /** nginx takes away what makes it a handshake, and leaves what shows that it is one. */
    @Test
    void webSocketOfAnotherSiteIsRefused() {
        STAGE.signInAsAlice(alice);
        Map<String, String> handshake =
                Map.of("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version", "13");

        Map<String, String> foreign = new HashMap<>(handshake);
        foreign.put("Sec-Fetch-Site", "cross-site");

        assertThat(ask("GET", "/shop/socket", handshake).status()).isEqualTo(200);
        assertThat(ask("GET", "/shop/socket", foreign).status()).isEqualTo(403);
    }

    @Test
    void publicRouteNamesNobody() {
        STAGE.signInAsAlice(alice);

        Answer answer = ask("GET", "/public/x", Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("x-auth-subject", "authorization");
    }

    /** Prevents the class of CVE-2026-40575: another proxy's headers decide, which a browser can send. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Uri", "X-Rewrite-URL", "X-Original-URI", "X-Forwarded-Path"})
    void s19HeadersOfOtherProxiesDecideNothing(String header) {
        Map<String, String> forged = new HashMap<>(Map.of(header, "/public/x", "X-Forwarded-Method", "OPTIONS"));
        forged.put("X-Forwarded-Host", "localhost");
        forged.put("X-Forwarded-Proto", "http");

        assertThat(ask("GET", "/shop/books", forged).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/public/../shop/books, 400",
        "/public/%2e%2e/shop/books, 400",
        "/public/..%2fshop, 400",
        "/public/..;/shop, 400",
        "//shop/books, 400",
        "/SHOP/books, 401",
    })
    void pathIsJudgedAsItWouldBeHere(String path, int status) {
        assertThat(ask("GET", path, Map.of()).status()).isEqualTo(status);
    }

    @Test
    void questionThatIsNoneIsRefused() {
        String url = STAGE.url("/auth/verify");
        String original = STAGE.url("/public/x");

        assertThat(alice.send("GET", url, "", Map.of()).status()).isEqualTo(400);
        assertThat(alice.send("GET", url, "", Map.of("X-Original-URL", original))
                        .status())
                .isEqualTo(400);
        assertThat(alice.send("GET", url, "", Map.of("X-Original-URL", "/public/x", "X-Original-Method", "GET"))
                        .status())
                .isEqualTo(400);
        assertThat(alice.send("GET", url, "", Map.of("X-Original-URL", original, "X-Original-Method", "B A D"))
                        .status())
                .isEqualTo(405);
        assertThat(alice.send("POST", url, "", Map.of("X-Original-URL", original, "X-Original-Method", "GET"))
                        .status())
                .isEqualTo(405);
    }

    /** Its upstream is the other proxy's business. */
    @Test
    void routeWithoutUpstreamIsNotServedHere() {
        STAGE.signInAsAlice(alice);

        assertThat(alice.fetch("GET", STAGE.url("/shop/books")).status()).isEqualTo(404);
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    private Answer ask(String method, String path, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Original-URL", STAGE.url(path));
        all.put("X-Original-Method", method);
        return alice.send("GET", STAGE.url("/auth/verify"), "", all);
    }

    private static Map<String, String> navigation() {
        return Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Sec-Fetch-Site", "none");
    }
}
