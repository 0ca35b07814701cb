package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebSocketHandshakeIT {

    private static final int HANDSHAKES = 50;
    private static final Duration UNTIL_HEARD_OF = Duration.ofMillis(20);

    /** "hi" as text, masked with zeros, and as it comes back. */
    private static final byte[] FRAME = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};

    private static final byte[] ECHO = {(byte) 0x81, 2, 'h', 'i'};

    @RegisterExtension
    static final EndlessUpstream UPSTREAM = new EndlessUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[4].upstream", UPSTREAM.url()));

    private final Browser browser = new Browser();

    /**
     * A session that has to be read from Redis leaves the connection's own thread. A frame that comes right after the
     * 101 must not fall between the HTTP connection and the WebSocket it becomes.
     */
    @Test
    void firstFrameArrivesThoughTheSessionIsReadFromRedis() throws IOException {
        STAGE.signInAsAlice(browser);
        int echoed = 0;

        for (int i = 0; i < HANDSHAKES; i++) {
            forgetTheCachedSession();
            echoed += isEchoed() ? 1 : 0;
        }

        assertThat(echoed).isEqualTo(HANDSHAKES);
    }

    private boolean isEchoed() throws IOException {
        URI gateway = URI.create(STAGE.url(""));
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(2000);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(handshake(gateway).getBytes(StandardCharsets.US_ASCII));
            readHead(socket.getInputStream());
            socket.getOutputStream().write(FRAME);
            return Arrays.equals(socket.getInputStream().readNBytes(ECHO.length), ECHO);
        } catch (SocketTimeoutException lost) {
            return false;
        }
    }

    private String handshake(URI gateway) {
        return """
            GET /x/socket HTTP/1.1\r
            Host: %s\r
            Origin: %s\r
            Cookie: gatehouse=%s\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            \r
            """.formatted(gateway.getAuthority(), gateway, browser.cookies().get("gatehouse"));
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
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
