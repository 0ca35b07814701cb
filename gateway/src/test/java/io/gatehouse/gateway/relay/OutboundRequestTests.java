package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/**
 * What a browser cannot make an upstream believe. Prevents the classes of CVE-2025-64484, CVE-2024-45410 and
 * CVE-2026-44087.
 */
class OutboundRequestTests {

    private static final PublicUrl LOCALHOST = PublicUrl.of("http://localhost:8080");
    private static final PublicUrl APP = PublicUrl.of("https://app.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "AUTHORIZATION",
                "X-Forwarded-User",
                "X_Forwarded_User",
                "x-forwarded_user",
                "X.Forwarded.User",
                "X-Auth-Subject",
                "x_auth_email",
                "X-Auth-Roles",
                "X-Auth-Request-Email",
                "X-Access-Token",
                "X-ID-Token",
                "X-Userinfo",
                "Remote-User",
                "Remote_User",
                "X-Gatehouse-Anything",
                "X-Correlation-Id",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "X-Method-Override",
                "X-Real-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "X-Forwarded-Host",
                "X_Forwarded_Prefix",
                "X-WebAuth-User",
                "X-Authentik-Username",
                "Cf-Access-Jwt-Assertion",
                "X-Amzn-Oidc-Data",
                "X-Goog-Authenticated-User-Email",
                "X-MS-CLIENT-PRINCIPAL",
                "X-SSL-Client-S-DN",
                "OIDC_CLAIM_sub",
                "X-Consumer-Username",
                "X-Credential-Identifier",
                "X-Authenticated-Userid",
                "Client-Cert",
                "SSL-Client-Verify",
                "X-JWT-Assertion",
                "Client-IP",
                "X-Original-Host",
                "X-Groups",
                "X-Forwarded",
                "Proxy"
            })
    void headerByWhichAnUpstreamKnowsTheUserIsNeverTheBrowsers(String name) {
        HttpHeaders headers =
                outbound(MockServerHttpRequest.get("/").header(name, "admin", "root"), APP, Credentials.NONE);

        assertThat(headers.headerSet().stream().flatMap(entry -> entry.getValue().stream()))
                .doesNotContain("admin", "root");
    }

    @Test
    void otherHeadersPass() {
        HttpHeaders headers = outbound(
                MockServerHttpRequest.get("/").header("X-Auth-Token", "a").header("X-Custom", "b", "c"),
                APP,
                Credentials.NONE);

        assertThat(headers.get("X-Auth-Token")).containsExactly("a");
        assertThat(headers.get("X-Custom")).containsExactly("b", "c");
    }

    @Test
    void browserCannotListOurHeaderForRemoval() {
        var request = MockServerHttpRequest.get("/")
                .header("Connection", "close, Authorization, X-Correlation-Id, X-Secret")
                .header("X-Secret", "hop-by-hop");

        HttpHeaders headers = outbound(request, APP, all -> all.setBearerAuth("jwt"));

        assertThat(headers.get("Authorization")).containsExactly("Bearer jwt");
        assertThat(headers.getConnection()).isEmpty();
        assertThat(headers.containsHeader("X-Secret")).isFalse();
        assertThat(headers.containsHeader("X-Correlation-Id")).isTrue();
    }

    @Test
    void webSocketHandshakeStaysOne() {
        var request = MockServerHttpRequest.get("/")
                .header("Connection", "keep-alive, Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Protocol", "chat");

        HttpHeaders headers = outbound(request, APP, Credentials.NONE);

        assertThat(headers.getConnection()).containsExactly("Upgrade");
        assertThat(headers.getUpgrade()).isEqualTo("websocket");
        assertThat(headers.getFirst("Sec-WebSocket-Protocol")).isEqualTo("chat");
    }

    @Test
    void ourCookiesStayHereAndTheUpstreamsPassAsWritten() {
        var request = MockServerHttpRequest.get("/")
                .header(
                        "Cookie",
                        "a=1; gatehouse=x; __Host-gatehouse=x; b=\"2, 3\"; gatehouse-flow=x;gatehouse-out=x;"
                                + " _session=mine");

        assertThat(outbound(request, APP, Credentials.NONE).get("Cookie"))
                .isEqualTo(List.of("a=1; b=\"2, 3\"; _session=mine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",gatehouse=x", "\"gatehouse=x", "gatehouse =x", "\u0001gatehouse=x"})
    void ourCookieStaysHereHoweverAnUpstreamReadsItsName(String pair) {
        var request = MockServerHttpRequest.get("/").header("Cookie", "a=1; " + pair);

        assertThat(outbound(request, APP, Credentials.NONE).get("Cookie")).containsExactly("a=1");
    }

    @Test
    void upstreamSetsAnyCookieButOurs() {
        HttpHeaders answer = new HttpHeaders();
        answer.put("Set-Cookie", List.of("a=1; Path=/", "__Host-gatehouse=planted; Path=/", ",gatehouse=x", "b=2"));

        new RelayedCookies(new GatewayCookies(APP), APP).filterResponse(answer);

        assertThat(answer.get("Set-Cookie")).containsExactly("a=1; Path=/", "b=2");
    }

    @Test
    void onLocalhostLogtosCookiesStayHereToo() {
        var request = MockServerHttpRequest.get("/")
                .header("Cookie", "_session=x; _session.sig=x; _logto={\"appId\":\"a\"}; _interaction=x; a=1");

        assertThat(outbound(request, LOCALHOST, Credentials.NONE).get("Cookie")).containsExactly("a=1");
    }

    @Test
    void noCookieHeaderIsLeftWhereNoCookieIs() {
        var request = MockServerHttpRequest.get("/").header("Cookie", "gatehouse=x");

        assertThat(outbound(request, LOCALHOST, Credentials.NONE).containsHeader("Cookie"))
                .isFalse();
    }

    @Test
    void requestThatCameInIsNotAltered() {
        var inbound = MockServerHttpRequest.get("/")
                .header("Authorization", "Basic x")
                .build();

        outbound(MockServerWebExchange.from(inbound), APP, all -> all.setBearerAuth("jwt"));

        assertThat(inbound.getHeaders().get("Authorization")).containsExactly("Basic x");
    }

    private static HttpHeaders outbound(
            MockServerHttpRequest.BaseBuilder<?> request, PublicUrl publicUrl, Credentials credentials) {
        return outbound(MockServerWebExchange.from(request), publicUrl, credentials);
    }

    private static HttpHeaders outbound(MockServerWebExchange exchange, PublicUrl publicUrl, Credentials credentials) {
        RelayedCookies cookies = new RelayedCookies(new GatewayCookies(publicUrl), publicUrl);
        return OutboundRequest.of(
                        exchange,
                        new ReservedHeaders(List.of()),
                        cookies,
                        new Rewriting(exchange.getRequest().getURI(), Credentials.NONE),
                        credentials)
                .getHeaders();
    }
}
