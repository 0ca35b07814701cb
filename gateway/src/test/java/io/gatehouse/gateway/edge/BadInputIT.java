package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger sends is the stranger's mistake, never a defect of ours. */
class BadInputIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/sign-in?return_to=%zz",
                "/auth/sign-in?%",
                "/auth/callback?state=%ff&code=%",
                "/auth/callback?state=%c0%80",
                "/auth/session?extend=%",
                "/books?x=%zz",
                "/books?x={y}|z^`\"<>",
                "/%zz",
                "/%",
                "/%ff",
                "/books%",
                "/{x}",
                "/a|b",
                "/books\\..\\x",
                "*",
                "http://evil.example/books",
                "//evil.example/books",
                "/books#fragment"
            })
    void malformedRequestTargetIsNoDefect(String target) throws IOException {
        for (String accept : new String[] {"text/html", "*/*"}) {
            assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept
                            + "\r\nConnection: close\r\n\r\n"))
                    .as(target)
                    .doesNotContain("HTTP/1.1 5")
                    .startsWith("HTTP/1.1 ");
        }
    }

    /** Tags of one letter: nothing that is matched part by part may be as deep as it is long. */
    @ParameterizedTest
    @ValueSource(strings = {"/auth/sign-in", "/auth/signed-out", "/auth/nothing"})
    void longParameterIsNoDefect(String path) throws IOException {
        String target = path + "?ui_locales=en" + "-a".repeat(7_000);

        assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                        + "Connection: close\r\n\r\n"))
                .doesNotContain("HTTP/1.1 5")
                .startsWith("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: gatehouse-flow=%%%; gatehouse-out=%%%; gatehouse=\"",
                "Cookie: gatehouse-flow=AQJrMQ; gatehouse-out=AQJrMQ",
                "Cookie: =; ;;; a; gatehouse",
                "Accept: text/html;q=x, ///",
                "Accept: \u0001",
                "Accept:"
                    + " a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,"
                    + "a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,a/b,"
                    + "a/b,a/b,a/b,a/b,a/b",
                "Content-Type: x",
                "Content-Length: x",
                "Host: [",
                "Origin: \u007f",
                "Referer: http://["
            })
    void malformedHeaderIsNoDefect(String header) throws IOException {
        for (String path :
                new String[] {"/books", "/auth/session", "/auth/sign-in", "/auth/callback?state=x", "/auth/sign-out"}) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
                            + "\r\nConnection: close\r\n\r\n"))
                    .as(header + " at " + path)
                    .doesNotContain("HTTP/1.1 5")
                    .startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void bodyThatIsTooLargeForAnEndpointIsRefused() {
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        String large = "iss=" + "x".repeat(600_000);

        assertThat(new Browser()
                        .send("POST", STAGE.url("/auth/initiate"), large, form)
                        .status())
                .isEqualTo(413);
        assertThat(new Browser()
                        .send("POST", STAGE.url("/auth/sign-out"), large, form)
                        .status())
                .isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void webhooksAreNotFoundWithoutAKeyToTellLogtosBy(String method) {
        assertThat(new Browser()
                        .send(method, STAGE.url("/auth/webhooks/logto"), "", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "iss=%zz, application/x-www-form-urlencoded",
        "%, application/x-www-form-urlencoded",
        "iss=https://evil.example, application/x-www-form-urlencoded"
    })
    void malformedFormIsABadRequest(String body, String type) {
        assertThat(initiate(body, type)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "iss=x, application/x-www-form-urlencoded;charset=nonsense",
        "iss=x, application/x-www-form-urlencoded;charset=\"",
        "iss=x, multipart/form-data",
        "{}, application/json"
    })
    void whatIsNoFormNamesNothing(String body, String type) {
        assertThat(initiate(body, type)).isEqualTo(303);
    }

    private static int initiate(String body, String type) {
        return new Browser()
                .send("POST", STAGE.url("/auth/initiate"), body, Map.of("Content-Type", type))
                .status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2Fa%7Cb", "%2F%25zz", "%2Fa%3F%25", "%2Fa%5E", "%2Fx%5By%5D"})
    void targetThatIsNoUriLeadsHome(String target) {
        Answer answer = new Browser().open(STAGE.url("/auth/sign-in?return_to=" + target));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer());
    }

    @Test
    void charactersThatBrowsersDoNotEncodeArriveEncoded() throws IOException {
        String answer =
                raw("GET /public/a|b?f={\"a\":\"b|c\"}&x=%7c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(STAGE.upstream().single().uri()).isEqualTo("/public/a%7Cb?f=%7B%22a%22:%22b%7Cc%22%7D&x=%7c");
    }

    @Test
    void queryAsAPersonTypesItReachesTheUpstream() throws IOException {
        String answer = raw("GET /public/a?q=100%&dir=C:\\x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(STAGE.upstream().single().uri()).isEqualTo("/public/a?q=100%25&dir=C:%5Cx");
    }

    @Test
    void headThatIsTooLargeIsRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(34_000)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    private static String raw(String request) throws IOException {
        int port = URI.create(STAGE.url("/")).getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
