package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.SocketUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A WebSocket is open once the upstream says so, and what the upstream says is what the browser gets. */
class WebSocketHandshakeIT {

    private static final int HANDSHAKES = 50;
    private static final int SOCKETS = 300;
    private static final Duration UNTIL_HEARD_OF = Duration.ofMillis(20);
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private static final Frame HI = Frame.of(RawSocket.TEXT, "hi");

    @RegisterExtension
    static final EndlessUpstream ECHO = new EndlessUpstream();

    @RegisterExtension
    static final SocketUpstream UPSTREAM = new SocketUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[1].upstream",
            "http://127.0.0.1:" + Ports.free(),
            "gatehouse.routes[2].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[4].upstream",
            ECHO.url(),
            "gatehouse.relay.first-byte-timeout",
            "1s",
            "spring.cloud.gateway.server.webflux.routes[0].id",
            "native",
            "spring.cloud.gateway.server.webflux.routes[0].order",
            "-1",
            "spring.cloud.gateway.server.webflux.routes[0].uri",
            ECHO.url().replace("http:", "ws:"),
            "spring.cloud.gateway.server.webflux.routes[0].predicates[0]",
            "Path=/native/**"));

    private final Browser browser = new Browser();

    @Test
    void browserHearsOfTheSwitchOnceTheUpstreamHasSwitched() {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            String handshake = upstream.head();

            assertThat(page.isQuietFor(A_MOMENT)).isTrue();
            upstream.accept(handshake, "");

            assertThat(page.head())
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nConnection: upgrade\r\n")
                    .containsIgnoringCase("Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n")
                    .doesNotContainIgnoringCase("Transfer-Encoding");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "302, Found",
        "401, Unauthorized",
        "403, Forbidden",
        "404, Not Found",
        "426, Upgrade Required",
        "503, Service Unavailable"
    })
    void answerThatIsNoSwitchIsTheBrowsersAnswer(int status, String reason) {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            upstream.head();

            upstream.write("HTTP/1.1 " + status + " " + reason + "\r\nLocation: https://elsewhere.example/x\r\n"
                    + "X-Upstream: yes\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsorry");

            assertThat(page.head())
                    .startsWith("HTTP/1.1 " + status)
                    .contains("X-Upstream: yes\r\n", "https://elsewhere.example/x\r\n", "5\r\n");
            assertThat(page.body(5)).isEqualTo("sorry");
        }
    }

    @Test
    void refusedConnectionIsABadGateway() {
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/optional/socket", "")) {
            assertThat(page.head()).startsWith("HTTP/1.1 502 ").contains("application/problem+json");
        }
    }

    @Test
    void upstreamThatNeverAnswersIsAGatewayTimeout() {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            upstream.head();

            assertThat(page.head()).startsWith("HTTP/1.1 504 ").contains("application/problem+json");
            assertThat(upstream.isOver()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nUpgrade: websocket\r\n",
                "Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n",
                "Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n"
            })
    void switchToSomethingElseIsABadGateway(String headers) {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            upstream.head();

            upstream.write("HTTP/1.1 101 Switching Protocols\r\n" + headers + "\r\n");

            assertThat(page.head()).startsWith("HTTP/1.1 502 ");
            assertThat(upstream.isOver()).isTrue();
        }
    }

    @Test
    void browserThatLeavesBeforeTheAnswerTakesTheUpstreamAlong() {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            upstream.head();

            page.leave();

            assertThat(upstream.isOver()).isTrue();
        }
    }

    @Test
    void nothingIsLostThatFollowsTheHandshakeAtOnce() {
        int whole = 0;

        for (int i = 0; i < SOCKETS; i++) {
            whole += isWhole(
                            Frame.of(RawSocket.TEXT, "from the page " + i),
                            Frame.of(RawSocket.TEXT, "to the page " + i))
                    ? 1
                    : 0;
        }

        assertThat(whole).isEqualTo(SOCKETS);
    }

    private static boolean isWhole(Frame fromPage, Frame toPage) {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            String answer = RawSocket.switching(upstream.head(), "");
            upstream.write(answer + new String(upstream.bytes(toPage), StandardCharsets.ISO_8859_1));
            page.head();
            page.send(fromPage);
            return upstream.receive().equals(fromPage) && page.receive().equals(toPage);
        }
    }

    @Test
    void upstreamMaySayEverythingAtOnceAndLeave() {
        for (int i = 0; i < 20; i++) {
            try (RawSocket page = open("")) {
                RawSocket upstream = UPSTREAM.next();
                String answer = RawSocket.switching(upstream.head(), "");
                upstream.write(answer
                        + new String(upstream.bytes(HI), StandardCharsets.ISO_8859_1)
                        + new String(upstream.bytes(Frame.close(1000, "")), StandardCharsets.ISO_8859_1));
                upstream.leave();

                page.head();
                assertThat(page.receive()).isEqualTo(HI);
                assertThat(page.receive()).isEqualTo(Frame.close(1000, ""));
                assertThat(page.isOver()).isTrue();
            }
        }
    }

    /**
     * A session that has to be read from Redis leaves the connection's own thread. A frame that comes right after the
     * 101 must not fall between the HTTP connection and the WebSocket it becomes.
     */
    @Test
    void firstFrameArrivesThoughTheSessionIsReadFromRedis() {
        STAGE.signInAsAlice(browser);
        int echoed = 0;

        for (int i = 0; i < HANDSHAKES; i++) {
            forgetTheCachedSession();
            echoed += isEchoed("/x/socket") ? 1 : 0;
        }

        assertThat(echoed).isEqualTo(HANDSHAKES);
    }

    @Test
    void routeMayNameItsUpstreamAsWebSocket() {
        STAGE.signInAsAlice(browser);

        assertThat(isEchoed("/native/socket")).isTrue();
    }

    @Test
    void tokenThatTheUpstreamRefusesIsReplaced() {
        STAGE.signInAsAlice(browser);
        String first = handshakeAnsweredWith("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        STAGE.advance(Duration.ofSeconds(10));

        try (RawSocket page = openSignedIn("/api/socket");
                RawSocket refusing = UPSTREAM.next()) {
            assertThat(authorization(refusing.head())).isEqualTo(first);
            refusing.write("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            RawSocket accepting = UPSTREAM.next();
            String handshake = accepting.head();
            accepting.accept(handshake, "");

            assertThat(authorization(handshake)).startsWith("Bearer ").isNotEqualTo(first);
            assertThat(page.head()).startsWith("HTTP/1.1 101 ");
            accepting.leave();
        }
    }

    private String handshakeAnsweredWith(String answer) {
        try (RawSocket page = openSignedIn("/api/socket");
                RawSocket upstream = UPSTREAM.next()) {
            String handshake = upstream.head();
            upstream.write(answer);
            page.head();
            return authorization(handshake);
        }
    }

    private static String authorization(String handshake) {
        return handshake
                .lines()
                .filter(line -> line.startsWith("Authorization: "))
                .map(line -> line.substring("Authorization: ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void requestThatDoesNotWaitForTheAnswerToTheHandshakeReachesNobody() {
        String second = "\r\nGET /public/second HTTP/1.1\r\nHost: " + authority() + "\r\n";
        try (RawSocket page = open(second);
                RawSocket upstream = UPSTREAM.next()) {
            upstream.accept(upstream.head(), "");

            assertThat(page.head()).startsWith("HTTP/1.1 101 ");
            assertThat(upstream.isQuietFor(A_MOMENT)).isTrue();
        }
    }

    private RawSocket openSignedIn(String path) {
        String headers = "Origin: %s\r\nCookie: gatehouse=%s\r\n"
                .formatted(STAGE.url(""), browser.cookies().get("gatehouse"));
        return RawSocket.open(STAGE.url(""), path, headers);
    }

    private boolean isEchoed(String path) {
        try (RawSocket page = openSignedIn(path)) {
            assertThat(page.head()).startsWith("HTTP/1.1 101");
            page.send(HI);
            return page.receive().equals(HI);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Protocol: superchat\r\n"})
    void subProtocolIsForTheUpstreamToChoose(String choice) {
        try (RawSocket page = open("Sec-WebSocket-Protocol: chat, superchat\r\n");
                RawSocket upstream = UPSTREAM.next()) {
            String handshake = upstream.head();
            upstream.accept(handshake, choice);
            String answer = page.head();

            assertThat(handshake).contains("Sec-WebSocket-Protocol: chat, superchat\r\n");
            assertThat(answer).contains(choice);
            assertThat(answer.contains("Sec-WebSocket-Protocol")).isNotEqualTo(choice.isEmpty());
        }
    }

    @Test
    void compressionIsForTheUpstreamToAgreeTo() {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
        String agreed = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";
        try (RawSocket page = open(offer);
                RawSocket upstream = UPSTREAM.next()) {
            String handshake = upstream.head();
            upstream.accept(handshake, agreed);

            assertThat(handshake).contains(offer);
            assertThat(page.head()).contains(agreed);
        }
    }

    @Test
    void upstreamMaySetCookiesOfItsOwnWithTheSwitch() {
        try (RawSocket page = open("");
                RawSocket upstream = UPSTREAM.next()) {
            upstream.accept(
                    upstream.head(), "Set-Cookie: gatehouse=" + "A".repeat(43) + "; Path=/\r\nSet-Cookie: a=1\r\n");

            assertThat(page.head()).contains("Set-Cookie: a=1\r\n").doesNotContain("gatehouse=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /public/x HTTP/1.1", "GET /public/x HTTP/1.0"})
    void requestThatCannotSwitchIsAnOrdinaryOne(String line) throws IOException {
        try (Socket page = RawClient.open(STAGE.url(""), line + "\r\nHost: " + authority() + "\r\n" + """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            Content-Length: 0\r
            \r
            """);
                RawSocket upstream = UPSTREAM.next()) {
            assertThat(page.isConnected()).isTrue();
            assertThat(upstream.head())
                    .startsWith(line.substring(0, 4))
                    .doesNotContainIgnoringCase("\r\nupgrade:")
                    .doesNotContainIgnoringCase("\r\nconnection: upgrade");
        }
    }

    private static String authority() {
        return URI.create(STAGE.url("")).getAuthority();
    }

    private static RawSocket open(String headers) {
        return RawSocket.open(STAGE.url(""), "/public/socket", headers);
    }

    /** Whatever is done to its key, the replica hears of it. */
    private static void forgetTheCachedSession() {
        STAGE.redis().keys().stream()
                .filter(key -> key.contains(":session:"))
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .forEach(key -> STAGE.redis().with(commands -> commands.hset(key, new byte[] {'x'}, new byte[0])));
        LockSupport.parkNanos(UNTIL_HEARD_OF.toNanos());
    }
}
