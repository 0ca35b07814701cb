package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The security headers of our own answers stay there: what an application sends is its own business. */
class SecurityHeadersIT {

    /** What says nothing about security, or is there on purpose. */
    private static final Set<String> OTHERS =
            Set.of("content-length", "content-type", "content-language", "date", "transfer-encoding", "vary");

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    private final Browser browser = new Browser();

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        for (int number = 0; number < 5; number++) {
            properties.put("gatehouse.routes[" + number + "].upstream", UPSTREAM.url());
        }
        properties.put("gatehouse.routes[1].id", "guarded");
        properties.put("gatehouse.routes[1].path", "/guarded/**");
        properties.put("gatehouse.routes[1].security-headers", "true");
        return properties;
    }

    @BeforeEach
    void signIn() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        STAGE.signInAsAlice(browser);
    }

    @ParameterizedTest
    @CsvSource({
        "/public/x, 200 OK",
        "/public/x, 404 Not Found",
        "/public/x, 500 Internal Server Error",
        "/books, 200 OK",
        "/books, 404 Not Found",
        "/books, 500 Internal Server Error",
        "/api/x, 200 OK",
        "/, 503 Service Unavailable"
    })
    void relayedAnswerHasNoneOfOurs(String path, String status) {
        UPSTREAM.answer("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok");

        Answer answer = browser.open(STAGE.url(path));

        assertThat(Integer.toString(answer.status())).isEqualTo(status.substring(0, 3));
        assertThat(ours())
                .contains("content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy");
        // What signed-in people get is not to be stored by proxies: a setting of its own.
        Set<String> unwanted = ours();
        unwanted.remove("cache-control");
        assertThat(names(answer)).doesNotContainAnyElementsOf(unwanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/books", "/guarded/x"})
    void headersOfTheUpstreamPassAsTheyAre(String path) {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Security-Policy: default-src *\r\n"
                + "X-Content-Type-Options: other\r\nReferrer-Policy: unsafe-url\r\n"
                + "Strict-Transport-Security: max-age=1\r\n\r\nok");

        Answer answer = browser.open(STAGE.url(path));

        assertThat(answer.headers().map())
                .containsEntry("content-security-policy", List.of("default-src *"))
                .containsEntry("x-content-type-options", List.of("other"))
                .containsEntry("referrer-policy", List.of("unsafe-url"))
                .containsEntry("strict-transport-security", List.of("max-age=1"))
                .doesNotContainKey("x-frame-options");
    }

    @Test
    void routeMayAskForWhatItsUpstreamForgets() {
        Answer answer = browser.open(STAGE.url("/guarded/x"));

        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("strict-origin-when-cross-origin"))
                .containsEntry("content-security-policy", List.of("frame-ancestors 'self'"))
                .containsEntry("x-frame-options", List.of("SAMEORIGIN"))
                .doesNotContainKey("strict-transport-security");
    }

    /** Browsers take its headers over into the answer they have stored, whose own policy may be stricter. */
    @Test
    void storedAnswerIsNotGivenAnotherPolicy() {
        UPSTREAM.answer("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");

        assertThat(browser.open(STAGE.url("/guarded/x")).headers().map())
                .containsKey("etag")
                .doesNotContainKeys("content-security-policy", "x-frame-options", "x-content-type-options");
    }

    @Test
    void whoIsFramedOnPurposeGoesOnToBe() {
        UPSTREAM.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Frame-Options: ALLOW-ALL\r\n\r\nok");

        assertThat(browser.open(STAGE.url("/guarded/x")).headers().map())
                .containsEntry("x-frame-options", List.of("ALLOW-ALL"))
                .doesNotContainKey("content-security-policy");
    }

    /** Read off an answer, so that a header that is new is missed nowhere. */
    private static Set<String> ours() {
        Set<String> names = names(new Browser().open(STAGE.url("/auth/signed-out")));
        names.removeAll(OTHERS);
        return names;
    }

    private static Set<String> names(Answer answer) {
        Set<String> names = new TreeSet<>();
        answer.headers().map().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }
}
