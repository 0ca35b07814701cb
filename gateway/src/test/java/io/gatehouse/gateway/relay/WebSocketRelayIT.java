package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No same-origin policy guards a WebSocket: any site can open one, and the browser sends the cookies along. */
class WebSocketRelayIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    private final Browser browser = new Browser();

    @BeforeEach
    void signIn() {
        Answer callback = browser.signIn(browser.open(url("/books")), "alice", "Wonderland-42!");
        browser.open(callback.location().toString());
    }

    @Test
    void ownPageTalksToTheUpstream() throws InterruptedException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();

        WebSocket socket = open(RUNNING.get().a().url(""), browser.cookies().get("gatehouse"), received);
        socket.sendText("hello", true);

        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.abort();
    }

    /**
     * Looking the session up leaves the connection's own thread; a frame that comes right after the 101 must not fall
     * between.
     */
    @Test
    void frameThatIsSentRightAfterTheHandshakeIsNotLost() throws InterruptedException {
        int echoed = 0;
        for (int i = 0; i < 100; i++) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            WebSocket socket = open(RUNNING.get().a().url(""), browser.cookies().get("gatehouse"), received);
            socket.sendText("frame " + i, true);
            echoed += ("frame " + i).equals(received.poll(3, TimeUnit.SECONDS)) ? 1 : 0;
            socket.abort();
        }

        assertThat(echoed).isEqualTo(100);
    }

    @Test
    void pageOfAnotherSiteDoesNotThoughTheBrowserSendsTheCookie() {
        assertThat(refusal("https://evil.example", browser.cookies().get("gatehouse")))
                .isEqualTo(403);
    }

    @Test
    void withoutSessionThereIsNoSocket() {
        assertThat(refusal(RUNNING.get().a().url(""), "A".repeat(43))).isEqualTo(401);
    }

    private static int refusal(String origin, String cookie) {
        var refused = new Object() {
            int status;
        };
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> open(origin, cookie, new LinkedBlockingQueue<>()))
                .satisfies(failure -> refused.status = ((WebSocketHandshakeException) failure.getCause())
                        .getResponse()
                        .statusCode());
        assertThat(RUNNING.get().bookstore().received())
                .noneMatch(request -> request.path("path").asString().equals("/echo/ws"));
        return refused.status;
    }

    private static WebSocket open(String origin, String cookie, BlockingQueue<String> received) {
        return HTTP.newWebSocketBuilder()
                .header("Origin", origin)
                .header("Cookie", "gatehouse=" + cookie)
                .buildAsync(URI.create(url("/echo/ws").replace("http:", "ws:")), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        received.add(text.toString());
                        socket.request(1);
                        return null;
                    }
                })
                .join();
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
