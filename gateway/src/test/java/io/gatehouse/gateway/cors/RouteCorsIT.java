package io.gatehouse.gateway.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may do on routes that say so. */
class RouteCorsIT {

    private static final String SHOP = "https://shop.app.example";
    private static final String STRANGER = "https://blog.app.example";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Upstream: yes\r\n";
    private static final String OWN_CORS =
            "Access-Control-Allow-Origin: *\r\naccess-control-allow-credentials: true\r\n"
                    + "Access-Control-Allow-Methods: DELETE\r\nVary: Accept-Language\r\n";

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(routes());

    private final Browser browser = new Browser();

    private static Map<String, String> routes() {
        Map<String, String> settings = new HashMap<>();
        set(settings, 0, Map.of("cors.origins", "*"));
        set(settings, 2, Map.of("cors.origins", SHOP, "cors.credentials", "true", "cors.methods", "GET,PUT,DELETE"));
        set(settings, 2, Map.of("cors.headers", "Content-Type,X-Any", "cors.max-age", "1h"));
        set(settings, 4, Map.of("path", "/books/**"));
        set(settings, 5, Map.of("id", "self", "path", "/self/**", "cors", "upstream"));
        set(settings, 5, Map.of("relay.token", "access", "relay.resource", "https://api.bookstore.local"));
        set(settings, 5, Map.of("relay.headers", "sub", "request.set-headers", "X-Key=secret"));
        set(settings, 8, Map.of("id", "ours", "path", "/ours/**", "access", "public", "cors", "upstream"));
        set(settings, 8, Map.of("relay.token", "app", "relay.resource", "https://api.bookstore.local"));
        settings.put("gatehouse.logto.machine-app-id", "gateway-itself");
        settings.put("gatehouse.logto.machine-app-secret", "m2m-secret");
        set(settings, 6, Map.of("id", "puts", "path", "/orders", "methods", "PUT", "cors.origins", SHOP));
        set(settings, 7, Map.of("id", "chiefs", "path", "/chiefs/**", "rules[0].all", "role:chief"));
        set(settings, 7, Map.of("cors.origins", SHOP, "cors.credentials", "true"));
        return settings;
    }

    private static void set(Map<String, String> settings, int number, Map<String, String> own) {
        String prefix = "gatehouse.routes[" + number + "].";
        settings.put(prefix + "upstream", UPSTREAM.url());
        own.forEach((key, value) -> settings.put(prefix + key, value));
    }

    @BeforeEach
    void answer() {
        UPSTREAM.answer(OK + OWN_CORS + "\r\nok");
    }

    @Test
    void preflightIsAnsweredInPlaceOfTheUpstream() {
        Answer answer = preflight(SHOP, "PUT", "/api/x");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header(ALLOW_ORIGIN)).contains(SHOP);
        assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET, PUT, DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Content-Type, X-Any");
        assertThat(answer.header("Access-Control-Max-Age")).contains("3600");
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, "null", SHOP + ".evil.example", SHOP + ":8443", "http://shop.app.example"})
    void otherOriginsGetNoPermission(String origin) {
        assertThat(preflight(origin, "PUT", "/api/x").status()).isEqualTo(204);
        for (Answer answer : List.of(preflight(origin, "PUT", "/api/x"), from(origin, "GET", "/api/x"))) {
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
        }
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    /** The one that would take the request, and not the preflight. */
    @Test
    void routeIsThatOfTheRequestThePreflightAsksAbout() {
        assertThat(preflight(SHOP, "PUT", "/orders").header(ALLOW_ORIGIN)).contains(SHOP);
        assertThat(preflight(SHOP, "DELETE", "/orders").header(ALLOW_ORIGIN)).isEmpty();
    }

    @Test
    void answerOfAnUpstreamSaysWhatTheRouteSays() {
        STAGE.signInAsAlice(browser);

        Answer answer = from(SHOP, "GET", "/api/x");

        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly(SHOP);
        assertThat(answer.headers().allValues("Access-Control-Allow-Credentials"))
                .containsExactly("true");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEmpty();
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("X-Correlation-Id, WWW-Authenticate, Retry-After");
        assertThat(answer.headers().allValues("Vary")).contains("Accept-Language", "Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, ""})
    void whatTheUpstreamSaysByItselfIsRemoved(String origin) {
        STAGE.signInAsAlice(browser);

        Answer answer = origin.isEmpty() ? browser.fetch("GET", STAGE.url("/api/x")) : from(origin, "GET", "/api/x");

        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void pageMayReadThatSomebodyHasToSignInOrMayNot() {
        Answer signedOut = from(SHOP, "GET", "/api/x");
        STAGE.signInAsAlice(browser);
        Answer refused = from(SHOP, "GET", "/chiefs/x");

        assertThat(signedOut.status()).isEqualTo(401);
        assertThat(refused.status()).isEqualTo(403);
        for (Answer answer : List.of(signedOut, refused)) {
            assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly(SHOP);
            assertThat(answer.headers().allValues("Access-Control-Allow-Credentials"))
                    .containsExactly("true");
            assertThat(answer.header("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void listedOriginActsForThePersonOnItsRouteOnly() {
        STAGE.signInAsAlice(browser);

        assertThat(from(SHOP, "PUT", "/api/x").status()).isEqualTo(200);
        assertThat(from(STRANGER, "PUT", "/api/x").status()).isEqualTo(403);
        assertThat(from(SHOP, "PUT", "/books/x").status()).isEqualTo(403);
        assertThat(from(SHOP, "PUT", "/orders").status()).isEqualTo(403);
        assertThat(from(SHOP, "PUT", "/self/x").status()).isEqualTo(403);
        assertThat(from(SHOP, "POST", "/auth/sign-out").status()).isEqualTo(403);
    }

    @Test
    void webSocketOfAListedOriginIsOpened() {
        STAGE.signInAsAlice(browser);
        UPSTREAM.answer("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n");

        assertThat(handshake(SHOP)).startsWith("HTTP/1.1 426 ");
        assertThat(handshake(STRANGER)).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource({"GET, " + SHOP, "GET, " + STRANGER, "GET, null"})
    void everybodyMayReadARouteThatIsForAll(String method, String origin) {
        Answer answer = from(origin, method, "/public/x");

        assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void preflightGoesToTheUpstreamThatAnswersItselfWithNobodysCredentials() {
        STAGE.signInAsAlice(browser);

        Answer answer = preflight(browser, STRANGER, "PUT", "/self/x?a=b", "");

        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly("*");
        assertThat(answer.header("Content-Security-Policy")).isEmpty();
        String received = UPSTREAM.next().toLowerCase(Locale.ROOT);
        assertThat(received)
                .startsWith("options /self/x?a=b http/1.1\r\n")
                .contains("\r\norigin: " + STRANGER + "\r\n", "\r\naccess-control-request-method: put\r\n")
                .doesNotContain("cookie", "authorization", "x-key", "x-auth-", "eyj", "theirs");
    }

    @Test
    void preflightHasNoTokenOfTheGatewayItselfEither() {
        STAGE.logto().control("POST", "applications", """
            {"id":"gateway-itself","secret":"m2m-secret","type":"MachineToMachine","roles":["bookseller"]}\
            """);

        assertThat(preflight(STRANGER, "PUT", "/ours/x").header("X-Upstream")).contains("yes");
        assertThat(UPSTREAM.next()).doesNotContainIgnoringCase("authorization");
        assertThat(from(STRANGER, "GET", "/ours/x").status()).isEqualTo(200);
        assertThat(UPSTREAM.next()).containsIgnoringCase("\r\nauthorization: Bearer eyJ");
    }

    @Test
    void whatThatUpstreamAnswersPasses() {
        STAGE.signInAsAlice(browser);

        Answer answer = from(STRANGER, "GET", "/self/x");

        assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly("*");
        assertThat(UPSTREAM.next()).contains("X-Key: secret", "Bearer eyJ");
    }

    /** Anything else that comes without a session is refused, as on every route. */
    @Test
    void onlyAPreflightPassesWithoutSignIn() {
        Map<String, String> origin = Map.of("Origin", STRANGER);
        Map<String, String> method = Map.of("Access-Control-Request-Method", "PUT");

        assertThat(send("OPTIONS", "/self/x", "", Map.of()).status()).isEqualTo(401);
        assertThat(send("OPTIONS", "/self/x", "", origin).status()).isEqualTo(401);
        assertThat(send("OPTIONS", "/self/x", "", method).status()).isEqualTo(401);
        assertThat(send("GET", "/self/x", "", both(origin, method)).status()).isEqualTo(401);
        Answer withBody = preflight(browser, STRANGER, "PUT", "/self/x", "body");
        assertThat(withBody.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    private String handshake(String origin) {
        String headers = "Origin: " + origin + "\r\nSec-Fetch-Site: same-site\r\nCookie: gatehouse="
                + browser.cookies().get("gatehouse") + "\r\n";
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/api/socket", headers)) {
            return page.head();
        }
    }

    private Answer from(String origin, String method, String path) {
        Map<String, String> fetch = Map.of("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors");
        return send(
                method, path, "", both(fetch, Map.of("Accept", "*/*", "Origin", origin, "Sec-Fetch-Dest", "empty")));
    }

    private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    private Answer send(String method, String path, String body, Map<String, String> headers) {
        return browser.send(method, STAGE.url(path), body, headers);
    }

    private static Answer preflight(String origin, String method, String path) {
        return preflight(new Browser(), origin, method, path, "");
    }

    private static Answer preflight(Browser browser, String origin, String method, String path, String body) {
        Map<String, String> headers = Map.of(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type",
                "Authorization",
                "Bearer theirs");
        return browser.send("OPTIONS", STAGE.url(path), body, headers);
    }
}
