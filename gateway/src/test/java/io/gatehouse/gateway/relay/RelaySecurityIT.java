package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.session.SessionTokens;
import io.gatehouse.gateway.session.Sessions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.test.StepVerifier;

/** What has gone wrong with other gateways between a request and its upstream. */
class RelaySecurityIT {

    private static final String FORGED = "forged";

    /** Under each of these names some upstream would believe who the user is, or what was asked for. */
    private static final String FORGERIES = """
        Authorization: Bearer forged\r
        X_Forwarded_User: forged\r
        x_auth_request_email: forged\r
        X-Forwarded_User: forged\r
        X-Auth-Email: forged\r
        X_Auth_Email: forged\r
        x.auth.email: forged\r
        X-STAFF_NAME: forged\r
        X-Staff-Name: forged\r
        X-Staff-Name: forged, again\r
        X_Gatehouse_Assertion: forged\r
        X-Gatehouse-Assertion: forged\r
        OIDC_CLAIM_email: forged\r
        X-Userinfo: forged\r
        X-ID-Token: forged\r
        X-Access-Token: forged\r
        X-Refresh-Token: forged\r
        X-Correlation-Id: forged\r
        Forwarded: for=1.2.3.4;host=forged.example;proto=http\r
        X-Forwarded-Host: forged.example\r
        X-Forwarded-For: forged\r
        X-Original-URL: /forged\r
        """;

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    private final Browser browser = new Browser();

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("gatehouse.relay.assertion-keys", TestKeys.assertionPair());
        for (int number = 0; number < 4; number++) {
            properties.put("gatehouse.routes[" + number + "].upstream", UPSTREAM.url());
        }
        properties.put("gatehouse.routes[4].path", "/books");
        route(properties, 5, "claims", "authenticated", UPSTREAM.url());
        route(properties, 6, "perhaps", "optional", UPSTREAM.url());
        route(properties, 7, "down", "authenticated", "http://127.0.0.1:" + Ports.free());
        properties.put("gatehouse.routes[8].id", "id-token");
        properties.put("gatehouse.routes[8].path", "/id-token/**");
        properties.put("gatehouse.routes[8].upstream", UPSTREAM.url());
        properties.put("gatehouse.routes[8].relay.token", "id-token");
        return properties;
    }

    private static void route(Map<String, String> properties, int number, String id, String access, String upstream) {
        String prefix = "gatehouse.routes[" + number + "].";
        properties.put(prefix + "id", id);
        properties.put(prefix + "path", "/" + id + "/**");
        properties.put(prefix + "access", access);
        properties.put(prefix + "upstream", upstream);
        properties.put(prefix + "relay.headers", "email,name=X-Staff-Name,picture=X-Userinfo,absent=X-ID-Token");
        properties.put(prefix + "relay.assertion", "true");
    }

    @BeforeAll
    static void answer() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    /** CVE-2025-64484, CVE-2026-44087, and mod_auth_openidc 2.1.5: on every kind of route. */
    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/optional/x", "/api/x", "/", "/claims/x", "/perhaps/x", "/id-token/x"})
    void s14UnderscoreVariantsOfEveryNameThatIsSetAreRemovedEverywhere(String path) {
        STAGE.signInAsAlice(browser);

        send("GET", path, FORGERIES);

        assertThat(UPSTREAM.next()).startsWith("GET " + path).doesNotContain(FORGED);
    }

    @Test
    void s14WhatIsSetIsThereOnceAndOurs() {
        STAGE.signInAsAlice(browser);

        send("GET", "/claims/x", FORGERIES);

        List<String> names = canonicalNames(UPSTREAM.next());
        assertThat(names).containsOnlyOnce("x-auth-email", "x-staff-name", "x-gatehouse-assertion", "x-correlation-id");
    }

    /** CVE-2024-45410, CVE-2025-48865: what the browser lists goes first, and ours is set after that. */
    @Test
    void s16BrowserCannotListOurHeadersForRemoval() {
        STAGE.signInAsAlice(browser);

        send("GET", "/claims/x", """
            Connection: close, X-Auth-Email, X-Staff-Name, X-Gatehouse-Assertion, Authorization, X-Hop\r
            X-Hop: forged\r
            """);
        send("GET", "/api/x", "Connection: close, Authorization, X-Correlation-Id, Cookie\r\n");

        assertThat(UPSTREAM.next())
                .contains("X-Auth-Email: alice@", "X-Staff-Name: Alice", "X-Gatehouse-Assertion: eyJ")
                .doesNotContain(FORGED);
        assertThat(UPSTREAM.next())
                .contains("Authorization: Bearer eyJ", "X-Correlation-Id: ")
                .doesNotContain("Cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/optional/x", "/", "/perhaps/x"})
    void s17AnonymousRequestSaysNothingAboutItsUser(String path) {
        send("GET", path, FORGERIES);
        send("OPTIONS", path, FORGERIES);

        assertThat(UPSTREAM.next()).startsWith("GET").doesNotContain(FORGED);
        assertThat(UPSTREAM.next()).startsWith("OPTIONS").doesNotContain(FORGED, "Assertion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/perhaps/x", "/claims/x"})
    void s17PreflightReachesNobodyAndIsAnsweredWithoutAnEcho(String path) {
        String answer = send("OPTIONS", path, FORGERIES + """
            Origin: https://evil.example\r
            Access-Control-Request-Method: GET\r
            Access-Control-Request-Headers: X-Auth-Email\r
            """);

        assertThat(answer).doesNotContain(FORGED).doesNotContainIgnoringCase("access-control-allow");
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    @Test
    void s17HandshakeOfAWebSocketIsScrubbedToo() throws IOException {
        STAGE.signInAsAlice(browser);

        String received = handshake(FORGERIES + """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            """);

        assertThat(received)
                .contains("X-Auth-Email: alice@", "X-Gatehouse-Assertion: eyJ")
                .doesNotContain(FORGED);
        assertThat(canonicalNames(received)).containsOnlyOnce("x-auth-email", "x-gatehouse-assertion", "upgrade");
    }

    @Test
    void s17FailureOfAnUpstreamEchoesNeitherWhatWasSentNorWhatWasAdded() {
        STAGE.signInAsAlice(browser);

        String answer = send("GET", "/down/x", FORGERIES);

        assertThat(answer)
                .startsWith("HTTP/1.1 502")
                .contains("upstream-unreachable")
                .doesNotContain(FORGED, "alice", "Alice", "eyJ", "X-Auth", "Assertion");
    }

    @Test
    void s17RefusalEchoesNothing() {
        assertThat(send("GET", "/claims/x", FORGERIES))
                .startsWith("HTTP/1.1 401")
                .doesNotContain(FORGED);
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    /** CVE-2026-44087: claims of these routes that alice has not got, under names other gateways are believed by. */
    @ParameterizedTest
    @ValueSource(strings = {"/claims/x", "/perhaps/x"})
    void s18HeaderOfOursIsSetOrAbsentAndNeverTheBrowsers(String path) {
        STAGE.signInAsAlice(browser);

        send(
                "GET",
                path,
                "X-Userinfo: eyJmb3JnZWQ\r\nX-ID-Token: forged\r\nX-Access-Token: x\r\nX-Refresh-Token: x\r\n");

        assertThat(canonicalNames(UPSTREAM.next()))
                .contains("x-auth-email")
                .doesNotContain("x-userinfo", "x-id-token", "x-access-token", "x-refresh-token");
    }

    /** CVE-2025-41235: no proxy is trusted, so everybody is outside. */
    @Test
    void s21ForwardedHeadersChangeNeitherTheSignInNorWhatAnUpstreamSees() {
        String headers = """
            Forwarded: for=1.2.3.4;host=evil.example;proto=http\r
            X-Forwarded-Host: evil.example\r
            X-Forwarded-Proto: https\r
            X_Forwarded_Prefix: /evil\r
            Accept: text/html\r
            """;

        String redirect = send("GET", "/books", headers);
        send("GET", "/public/x", headers);

        assertThat(redirect)
                .startsWith("HTTP/1.1 302")
                .contains("redirect_uri=http://localhost:"
                        + URI.create(STAGE.url("")).getPort() + "/auth/callback")
                .doesNotContain("evil");
        assertThat(UPSTREAM.next())
                .doesNotContain("evil", "1.2.3.4")
                .contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http\r")
                .contains("X-Forwarded-Host: " + URI.create(STAGE.url("")).getAuthority())
                .contains("host: " + URI.create(UPSTREAM.url()).getAuthority());
    }

    /** Spring Cloud Gateway's TokenRelay passes a request on, with the browser's own token, if it has none. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/x", "/id-token/x"})
    void s24RequestWithoutSessionNeverReachesAnUpstreamByItsOwnToken(String path) {
        assertThat(send("GET", path, "Authorization: Bearer attacker\r\n")).startsWith("HTTP/1.1 401");
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    @Test
    void s24SessionWithoutTokenNeverReachesAnUpstreamByItsOwnToken() {
        STAGE.signInAsAlice(browser);
        takeTokensAway();

        for (String path : List.of("/api/x", "/optional/x")) {
            assertThat(send("GET", path, "Authorization: Bearer attacker\r\n"))
                    .as(path)
                    .containsPattern("^HTTP/1.1 40[13] ");
        }
        assertThat(send("GET", "/id-token/x", "Authorization: Bearer attacker\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("token-refused");
        assertThat(UPSTREAM.isUntouched()).isTrue();
    }

    /** CVE-2026-63203: Logto's opaque token opens Logto's own interfaces. */
    @Test
    void s61OpaqueTokenNeverLeavesThisGateway() {
        STAGE.signInAsAlice(browser);
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"opaque-access-token\"}");

        assertThat(send("GET", "/api/x", "")).startsWith("HTTP/1.1 403");
        for (String path : List.of("/public/x", "/", "/claims/x", "/perhaps/x", "/id-token/x")) {
            send("GET", path, "");
            assertThat(UPSTREAM.next()).doesNotContainPattern("Bearer (?!eyJ)");
        }
    }

    @Test
    void s61RelayWithoutResourceIsRefusedAtStart() {
        TestGateway other = STAGE.gateway().replica().with("gatehouse.routes[2].relay.resource", "");

        assertThatThrownBy(other::start)
                .hasStackTraceContaining("gatehouse.routes[2].relay.resource: is required with relay.token=access");
    }

    private String send(String method, String path, String headers) {
        return RawClient.send(STAGE.url(""), request(method, path, headers + "Connection: close\r\n"));
    }

    private String request(String method, String path, String headers) {
        return """
            %s %s HTTP/1.1\r
            Host: %s\r
            Cookie: a=1; gatehouse=%s\r
            %s\r
            """.formatted(
                        method,
                        path,
                        URI.create(STAGE.url("")).getAuthority(),
                        browser.cookies().getOrDefault("gatehouse", ""),
                        headers);
    }

    private String handshake(String headers) throws IOException {
        try (Socket socket = RawClient.open(STAGE.url(""), request("GET", "/claims/x", headers))) {
            assertThat(socket.isConnected()).isTrue();
            return UPSTREAM.next();
        }
    }

    private void takeTokensAway() {
        Sessions sessions = STAGE.gateway().bean(Sessions.class);
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", browser.cookies().get("gatehouse")))
                .build();
        SessionTokens none = new SessionTokens(null, null, Map.of(), Set.of());
        StepVerifier.create(sessions.peek(request)
                        .flatMap(session -> sessions.change(session, record -> record.with(none))))
                .expectNextCount(1)
                .verifyComplete();
    }

    private static List<String> canonicalNames(String request) {
        return request.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                .map(name -> name.replaceAll("[_.]", "-"))
                .toList();
    }
}
