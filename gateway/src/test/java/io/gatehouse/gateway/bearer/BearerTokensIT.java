package io.gatehouse.gateway.bearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.IdTokens;
import io.gatehouse.gateway.fixture.RedisMonitor;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Strangers;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.fixture.TokenHeader;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.test.StepVerifier;

/** API clients with tokens of their own, on routes that take them. */
class BearerTokensIT {

    private static final String OTHER = "https://other.local";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[1].bearer.audience", TestSessions.RESOURCE,
            "gatehouse.routes[2].bearer.audience", TestSessions.RESOURCE + "," + OTHER,
            "gatehouse.routes[4].bearer.audience", TestSessions.RESOURCE));

    @RegisterExtension
    final AuditTrail trail = new AuditTrail();

    private static final ApiClient CLIENT = new ApiClient(STAGE);

    private static int leaps;

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"/api/books", "/optional/x"})
    void tokenForTheRelayedResourceReachesTheUpstreamAsItCame(String path) {
        String token = CLIENT.token();

        Answer answer = CLIENT.get(path, token);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(relayed()).containsExactly("Bearer " + token);
        assertThat(answer.header("Cache-Control")).contains("private, no-store");
    }

    @Test
    void nothingElseOfTheHeaderIsRelayed() {
        String token = CLIENT.token();

        CLIENT.send("GET", "/api/books", Map.of("authorization", "bEaReR   " + token));

        assertThat(relayed()).containsExactly("Bearer " + token);
    }

    @Test
    void routeThatRelaysNothingIsOpenedAndToldNothing() {
        assertThat(CLIENT.get("/books", CLIENT.token()).status()).isEqualTo(200);

        assertThat(relayed()).isEmpty();
    }

    /** The route takes tokens for two APIs, and its upstream is one of them. */
    @Test
    void tokenForAnotherResourceThanTheRelayedOneReachesNobody() {
        Answer answer = CLIENT.get("/api/books", CLIENT.tokenWith("'aud':'" + OTHER + "'"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("token-refused");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'typ':'application/at+jwt'",
                "'typ':'AT+JWT'",
                "'claims':{'aud':['x','https://api.bookstore.local']}"
            })
    void whatTheSpecificationsAllowIsAccepted(String members) {
        assertThat(CLIENT.get("/api/books", CLIENT.token(members)).status()).isEqualTo(200);
    }

    /** S49, S50 and S51: signature, audience, expiry, issuer and type, each alone. */
    static List<String> flaws() {
        return List.of(
                "'signature':'none'",
                "'signature':'hs256-public-key'",
                "'signature':'hs256-client-secret','secret':'SECRET'",
                "'signature':'broken'",
                "'signature':'other-key'",
                "'signature':'unknown-kid'",
                "'resource':'https://third.local'",
                "'claims':{'aud':[]}",
                "'claims':{'aud':'bookstore-gateway'}",
                "'remove':['aud']",
                "'remove':['exp']",
                "'claims':{'exp':1000000000.5}",
                "'claims':{'exp':'4102444800'}",
                "'claims':{'exp':1e300}",
                "'remove':['iss']",
                "'claims':{'iss':'https://evil.example'}",
                "'claims':{'nbf':4102444800}",
                "'claims':{'iat':4102444800}",
                "'claims':{'organization_id':'x0y1z2'}",
                "'claims':{'cnf':{'jkt':'x'}}",
                "'remove':['sub','client_id']",
                "'typ':'JWT'",
                "'typ':'logout+jwt'",
                "'typ':null");
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void tokenThatProvesNothingIsRefused(String flaw) {
        assertRefused(CLIENT.get("/api/books", flawed(flaw)));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void tokenThatProvesNothingIsRefusedWhereNobodyNeedsOne(String flaw) {
        assertRefused(CLIENT.get("/optional/x", flawed(flaw)));
    }

    /** The same of the bean itself: a validator set can get lost between a decoder and its place. */
    @ParameterizedTest
    @MethodSource("flaws")
    void injectedBeanRefusesWhatProvesNothing(String flaw) {
        BearerTokens injected = STAGE.gateway().bean(BearerTokens.class);

        StepVerifier.create(injected.current(exchange(CLIENT.token())))
                .expectNextMatches(it -> it.identity().subject().equals(ApiClient.NAME))
                .verifyComplete();
        StepVerifier.create(injected.current(exchange(flawed(flaw))))
                .verifyErrorMatches(GatewayException.is(ProblemType.TOKEN_INVALID));
    }

    @Test
    void editedPayloadIsRefused() {
        String[] parts = CLIENT.token().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        byte[] edited = claims.replace("read:books", "read:books admin").getBytes(StandardCharsets.UTF_8);
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(edited);

        assertThat(claims).contains("read:books");
        assertRefused(CLIENT.get("/api/books", String.join(".", parts)));
        assertThat(trail.events("bearer token refused"))
                .containsExactly("route=\"api\" code=\"the signature is not one of the issuer's\"");
    }

    /** S48. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer x",
                "Bearer",
                "bearer a.b.c",
                "Bearer null",
                "Bearer e30.e30.e30",
                "Bearer a b",
                "Bearer eyJhbGciOiJub25lIn0.e30."
            })
    void anythingThatIsNoTokenIsRefused(String authorization) {
        assertRefused(CLIENT.send("GET", "/api/books", Map.of("Authorization", authorization)));
        assertRefused(CLIENT.send("GET", "/optional/x", Map.of("Authorization", authorization)));
    }

    /** S48: where else people have put tokens. */
    @Test
    void tokenAnywhereElseIsNoToken() {
        String token = CLIENT.token();
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");

        for (String parameter : List.of("access_token", "token", "bearer_token")) {
            assertThat(CLIENT.send("GET", "/api/x?" + parameter + "=" + token, Map.of())
                            .status())
                    .isEqualTo(401);
            Answer posted = new Browser().send("POST", STAGE.url("/api/x"), parameter + "=" + token, form);
            assertThat(posted.status()).isEqualTo(401);
        }
        for (String cookie : List.of("BearerToken", "access_token", "Authorization")) {
            assertThat(new Browser()
                            .with(cookie, token)
                            .fetch("GET", STAGE.url("/api/x"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void twoTokensAreNone() {
        String token = CLIENT.token();

        Answer answer = CLIENT.send("GET", "/api/books", Map.of("Authorization", "Bearer " + token + ", Bearer x"));

        assertRefused(answer);
    }

    @Test
    void idTokenOpensNothing() {
        assertRefused(CLIENT.get("/api/books", IdTokens.issuedBy(STAGE.logto())));
    }

    @Test
    void refusalIsForProgramsEvenWhereABrowserNavigates() {
        Answer answer = CLIENT.send(
                "GET",
                "/api/books",
                Map.of(
                        "Authorization", "Bearer x",
                        "Accept", "text/html",
                        "Sec-Fetch-Mode", "navigate",
                        "Sec-Fetch-Dest", "document"));

        assertRefused(answer);
    }

    @Test
    void goodCookieDoesNotSaveABadToken() {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.send("GET", STAGE.url("/api/books"), "", Map.of("Authorization", "Bearer x"));

        assertRefused(answer);
    }

    @Test
    void tokenAndNotTheCookieSaysWhoItIs() {
        String token = CLIENT.token();
        STAGE.signInAsAlice(browser);

        browser.send("GET", STAGE.url("/api/books"), "", Map.of("Authorization", "Bearer " + token));

        assertThat(relayed()).containsExactly("Bearer " + token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "DPoP x", "Bearerx y"})
    void otherSchemesAreTakenAwayAndTheCookieCounts(String authorization) {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.send("GET", STAGE.url("/books"), "", Map.of("Authorization", authorization));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(relayed()).isEmpty();
        assertThat(CLIENT.send("GET", "/api/x", Map.of("Authorization", authorization))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void routesThatTakeNoTokensIgnoreThem() {
        String token = CLIENT.token();

        assertThat(CLIENT.get("/", token).status()).isEqualTo(200);
        assertThat(CLIENT.get("/public/x", "x").status()).isEqualTo(200);

        assertThat(STAGE.upstream().received())
                .noneMatch(received -> received.headers().contains("Authorization"));
    }

    /** No browser sends a token by itself, so no other site can make one do it. */
    @Test
    void requestFromAnotherSiteIsNotForgedIfItHasAToken() {
        Answer answer = CLIENT.send(
                "POST",
                "/api/books",
                Map.of(
                        "Authorization", "Bearer " + CLIENT.token(),
                        "Origin", "https://elsewhere.example",
                        "Sec-Fetch-Site", "cross-site"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void noSessionIsBegunLookedUpOrTouched() {
        String token = CLIENT.token();
        STAGE.signInAsAlice(browser);
        STAGE.advance(Duration.ofMinutes(2));
        Set<String> keys = new TreeSet<>(STAGE.redis().keys());

        try (RedisMonitor monitor = RedisMonitor.of(STAGE.redis())) {
            Stream.of("/api/books", "/optional/x", "/books").forEach(path -> assertNoCookieIsSet(path, token));

            // A touch would be written within a second.
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(names(monitor)).isSubsetOf("PING", "CLIENT", "HELLO"));
        }
        assertThat(new TreeSet<>(STAGE.redis().keys())).isEqualTo(keys);
    }

    private static Set<String> names(RedisMonitor monitor) {
        return monitor.commands().keySet().stream()
                .map(RedisMonitor.Command::name)
                .collect(Collectors.toSet());
    }

    private void assertNoCookieIsSet(String path, String token) {
        Answer answer = browser.send("GET", STAGE.url(path), "", Map.of("Authorization", "Bearer " + token));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void tokenIsGoodUntilItExpiresAndAMinuteMore() {
        String token = CLIENT.token();
        STAGE.advance(Duration.ofMinutes(60));
        assertThat(CLIENT.get("/api/books", token).status()).isEqualTo(200);

        STAGE.advance(Duration.ofMinutes(1).plusSeconds(1));

        assertRefused(CLIENT.get("/api/books", token));
    }

    @Test
    void removedKeyCountsForAMinuteAtMost() {
        forgetWhenKeysWereFetched();
        String token = CLIENT.token();
        String kid = TokenHeader.kid(token);
        assertThat(CLIENT.get("/api/books", token).status()).isEqualTo(200);
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"EC\"}");
        STAGE.logto().control("DELETE", "keys/" + kid, "");

        leap(Duration.ofMinutes(1));

        assertRefused(CLIENT.get("/api/books", token));
        assertThat(CLIENT.get("/api/books", CLIENT.token()).status()).isEqualTo(200);

        // For the tests that follow: the emulator has its first key again.
        STAGE.logto().reset();
        leap(Duration.ofMinutes(1));
        assertThat(CLIENT.get("/api/books", CLIENT.token()).status()).isEqualTo(200);
    }

    @Test
    void goodTokenIsVerifiedOnceInAWhileAndKeysAreFetchedOnceInAWhile() {
        forgetWhenKeysWereFetched();
        String token = CLIENT.token();
        long before = STAGE.logto().calls("jwks");

        for (int i = 0; i < 20; i++) {
            CLIENT.get("/api/books", token);
            CLIENT.get("/api/books", CLIENT.token("'signature':'unknown-kid'"));
        }

        assertThat(STAGE.logto().calls("jwks")).isEqualTo(before + 1);
    }

    /** As many keys as there are tokens, from everywhere at once. */
    @Test
    void r22ThousandUnknownKidsMakeUsFetchKeysOnceInHalfAMinute() throws Exception {
        forgetWhenKeysWereFetched();
        String token = CLIENT.token();
        long before = STAGE.logto().calls("jwks");

        for (int batch = 0; batch < 4; batch++) {
            Strangers.send(
                            250,
                            kid -> CLIENT.get("/api/books", TokenHeader.withKid(token, kid))
                                    .status())
                    .forEach(status -> assertThat(status).isEqualTo(401));
            leap(Duration.ofSeconds(15));
        }

        assertThat(STAGE.logto().calls("jwks") - before).isBetween(1L, 2L);
        assertThat(CLIENT.get("/api/books", token).status()).isEqualTo(200);
    }

    @Test
    void keysThatCannotBeFetchedAreNoReasonToRefuse() {
        forgetWhenKeysWereFetched();
        String good = CLIENT.token();
        STAGE.logto().fault("{\"endpoint\":\"jwks\",\"kind\":\"status\",\"status\":503}");

        for (int i = 0; i < 2; i++) {
            Answer answer = CLIENT.get("/api/books", CLIENT.token("'signature':'unknown-kid'"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.body()).contains("provider-unavailable");
        }
        assertThat(CLIENT.get("/api/books", good).status()).isEqualTo(200);

        STAGE.logto().control("DELETE", "faults", "");
        leap(Duration.ofMinutes(1));
        assertRefused(CLIENT.get("/third", CLIENT.token("'signature':'unknown-kid'")));
    }

    /** A token that came long ago into a download that takes longer than it lives. */
    @Test
    void whatIsOpenForATokenEndsWithIt() {
        long almostOver = STAGE.gateway().clock().instant().getEpochSecond() - 59;

        StepVerifier.create(STAGE.gateway()
                        .bean(BearerTokens.class)
                        .untilExpiry(exchange(CLIENT.tokenWith("'exp':" + almostOver))))
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains("token-invalid").doesNotContain("signInUrl");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Upstream")).isEmpty();
    }

    private static List<String> relayed() {
        return STAGE.upstream().single().headers().getAll("Authorization");
    }

    private static String flawed(String flaw) {
        return CLIENT.token(flaw.replace("SECRET", STAGE.logto().secret()));
    }

    private static MockServerWebExchange exchange(String token) {
        var request = MockServerHttpRequest.get("/api/books").header("Authorization", "Bearer " + token);
        MockServerWebExchange exchange = MockServerWebExchange.from(request);
        var route = GatewayRoute.of(RouteProperties.of(Map.of("id", "api", "bearer.audience", TestSessions.RESOURCE)));
        exchange.getAttributes()
                .put(
                        ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
                        Route.async()
                                .id("api")
                                .uri("http://127.0.0.1")
                                .predicate(any -> true)
                                .metadata("gatehouse", route)
                                .build());
        return exchange;
    }

    /** The gateway outlives a test, and so does the time of its latest fetch; each call goes further than the last. */
    private static void forgetWhenKeysWereFetched() {
        leaps++;
        leap(Duration.ofHours(2).multipliedBy(leaps));
    }

    private static void leap(Duration time) {
        STAGE.advance(time);
    }
}
