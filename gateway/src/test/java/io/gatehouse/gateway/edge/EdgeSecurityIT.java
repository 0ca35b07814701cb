package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has gone wrong at the edge of other gateways; each test says where. */
class EdgeSecurityIT {

    private static final String NATIVE = "spring.cloud.gateway.server.webflux.routes[0].";
    private static final String DOWN = "gatehouse.routes[5].";

    @RegisterExtension
    static final RawUpstream GUARDED = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.ofEntries(
            Map.entry(NATIVE + "id", "guarded"),
            Map.entry(NATIVE + "order", "-1"),
            Map.entry(NATIVE + "uri", GUARDED.url()),
            Map.entry(NATIVE + "predicates[0]", "Path=/guarded/**"),
            Map.entry(NATIVE + "predicates[1]", "Header=X-Admin, yes"),
            Map.entry("gatehouse.routes[4].path", "/books/**,/webjars/**"),
            Map.entry(DOWN + "id", "down"),
            Map.entry(DOWN + "path", "/down/**"),
            Map.entry(DOWN + "access", "public"),
            Map.entry(DOWN + "upstream", "http://127.0.0.1:" + Ports.free())));

    private final Browser browser = new Browser();

    /** CVE-2026-33494: the rule reads one path, the upstream opens another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../books",
                "/public/%2e%2e/books",
                "/public/%252e%252e/books",
                "/public/%25252e%25252e/books",
                "/public/..;/books",
                "/public//../books",
                "/public/.%2e/books",
                "/public/..%2fbooks",
                "/public/..%5cbooks",
                "/public/..\\books",
                "/public%2f..%2fbooks",
                "/public/%c0%ae%c0%ae/books",
                "/public/..%00/books",
                "/public/books%00.png",
                "/public/;/../books",
                "\\books",
                "http://localhost/public/../books"
            })
    void s27PathThatTwoProgramsReadDifferentlyReachesNobody(String target) {
        assertThat(raw("GET", target, "")).startsWith("HTTP/1.1 400 ");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void s27PathThatWasDecidedOnIsSentOnByteForByte() {
        String target = "/public/a%20b/caf%C3%A9/100%25/%7Euser/a..b/?x=%2e%2e%2f&y=a;b&z=//";

        assertThat(raw("GET", target, "")).startsWith("HTTP/1.1 200 ");

        assertThat(STAGE.upstream().single().uri()).isEqualTo(target);
    }

    /** CVE-2023-34034: slashes more or less, and the rule of the path is another one. */
    @ParameterizedTest
    @CsvSource({"/books, 401", "/books/, 401", "//books, 400", "/books//, 400", "///books, 400", "/./books, 400"})
    void s30SlashesDoNotOpenWhatIsProtected(String path, int status) {
        assertThat(raw("GET", path, "")).startsWith("HTTP/1.1 " + status + " ");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    /** CVE-2024-38821: there are no files to be had around the rules, and none of the class path. */
    @ParameterizedTest
    @CsvSource({
        "/auth//assets/x, 400",
        "/%2fauth/assets/..%2fsecret, 400",
        "/auth/../books, 400",
        "/auth/assets/x, 404",
        "/auth/style.css, 404",
        "/auth/layout.html, 404",
        "/layout.html, 404",
        "/application.yml, 404",
        "/META-INF/MANIFEST.MF, 404",
        "/webjars/x.js, 401"
    })
    void s31NoFileIsReachedAroundTheRules(String path, int status) {
        assertThat(raw("GET", path, "")).startsWith("HTTP/1.1 " + status + " ");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    /**
     * CVE-2026-47892: a predicate on headers that does not count for a preflight. What allows nothing is a refusal to a
     * browser, whatever its status.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "X-Admin: yes\r\n", "X-Admin: no\r\n", "Access-Control-Request-Headers: X-Admin\r\n"})
    void s32PreflightIsAnsweredByOurPolicyAndReachesNobody(String header) {
        String answer = raw(
                "OPTIONS",
                "/guarded/x",
                "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n" + header);

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (200|403) .*")
                .doesNotContainIgnoringCase("access-control-allow")
                .contains("frame-ancestors 'none'");
        assertThat(GUARDED.isUntouched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"X-Admin: yes, 401", "X-Admin: no, 404"})
    void s32RequestThatOnlyLooksLikeAPreflightIsJudgedLikeAnyOther(String header, int status) {
        String answer = raw("OPTIONS", "/guarded/x", "Origin: https://evil.example\r\n" + header + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(GUARDED.isUntouched()).isTrue();
    }

    /** CVE-2024-24814: a number in a cookie that says how many more there are to be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse_chunks=99999999",
                "gatehouse_chunks=-1",
                "gatehouse.chunks=99999999; gatehouse.0=x; gatehouse.1=y",
                "sid_chunks=99999999; sid_0=x",
                "mod_auth_openidc_session_chunks=99999999"
            })
    void s41CookiesThatCountOthersMeanNothing(String cookies) {
        STAGE.signInAsAlice(browser);

        assertThat(raw("GET", "/books", "Cookie: " + cookies + "\r\n")).startsWith("HTTP/1.1 401 ");
        String session = "gatehouse=" + browser.cookies().get("gatehouse");
        assertThat(raw("GET", "/books", "Cookie: " + cookies + "; " + session + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 44, 201, 4096, 30_000})
    void s41CookieThatIsNotAsLongAsAnIdIsNone(int length) {
        String cookie = "Cookie: gatehouse=" + "A".repeat(length) + "\r\n";

        assertThat(raw("GET", "/books", cookie)).startsWith("HTTP/1.1 401 ").doesNotContain("Set-Cookie");
    }

    /** CVE-2026-22732: answers of ours that lack the headers which protect them. */
    @ParameterizedTest
    @CsvSource({
        "/auth/signed-out, 200",
        "/auth/sign-out, 200",
        "/auth/session, 200",
        "/auth/sessions, 302",
        "/auth/sign-in, 302",
        "/auth/callback, 400",
        "/auth/initiate, 302",
        "/auth/organization, 405",
        "/auth/backchannel-logout, 405",
        "/auth/webhooks/logto, 404",
        "/auth/nowhere, 404",
        "/auth, 404",
        "/books, 302",
        "/nowhere, 404",
        "/a;b, 400",
        "/down/x, 502"
    })
    void s67HeadersThatProtectAreOnWhateverANavigationIsAnswered(String path, int status) {
        Map<String, String> navigation =
                Map.of("Accept", "text/html", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");

        Answer answer = browser.send("GET", STAGE.url(path), "", navigation);

        assertThat(answer.status()).isEqualTo(status);
        assertProtected(answer);
        assertProtected(browser.send("HEAD", STAGE.url(path), "", navigation));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /books/x, text/event-stream, 401",
        "GET, /api/x, application/json, 401",
        "POST, /books/x, text/html, 401",
        "DELETE, /auth/sign-in, */*, 405",
        "POST, /auth/sign-out, */*, 200",
        "POST, /auth/backchannel-logout, */*, 400",
        "POST, /auth/organization, */*, 401",
        "TRACE, /public/x, */*, 405",
        "GET, /down/x, text/event-stream, 502"
    })
    void s67HeadersThatProtectAreOnWhateverAScriptIsAnswered(String method, String path, String accept, int status) {
        Answer answer = browser.send(method, STAGE.url(path), "", Map.of("Accept", accept));

        assertThat(answer.status()).isEqualTo(status);
        assertProtected(answer);
    }

    /** Requests that no script of {@link Browser} can send: handshakes, and preflights. */
    @ParameterizedTest
    @CsvSource({
        "GET, 'Connection: close, Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key:"
                + " AAAAAAAAAAAAAAAAAAAAAA==', 401",
        "GET, 'Connection: close, Upgrade|Upgrade: websocket', 400",
        "OPTIONS, 'Origin: https://evil.example|Access-Control-Request-Method: POST', 200"
    })
    void s67HeadersThatProtectAreOnRefusedHandshakesAndPreflights(String method, String headers, int status) {
        String answer = raw(method, "/books/x", headers.replace("|", "\r\n") + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("Cache-Control: no-store")
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .contains("default-src 'none'", "frame-ancestors 'none'");
    }

    @Test
    void s67HeadersThatProtectAreOnWhatAnotherSiteIsAnsweredAndOnAnOutage() {
        STAGE.signInAsAlice(browser);
        Answer crossSite = browser.send("POST", STAGE.url("/books/x"), "", Map.of("Sec-Fetch-Site", "cross-site"));
        STAGE.redis().pause();
        Answer outage;
        try {
            outage = browser.open(STAGE.url("/auth/sessions"));
        } finally {
            STAGE.redis().resume();
        }

        assertThat(crossSite.status()).isEqualTo(403);
        assertProtected(crossSite);
        assertThat(outage.status()).isEqualTo(503);
        assertProtected(outage);
    }

    private static void assertProtected(Answer answer) {
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("X-Frame-Options")).contains("DENY");
        assertThat(answer.header("Referrer-Policy")).isPresent();
        assertThat(answer.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    private static String raw(String method, String target, String headers) {
        return RawClient.send(
                STAGE.url(""),
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (headers.contains("Connection:") ? "" : "Connection: close\r\n") + headers + "\r\n");
    }
}
