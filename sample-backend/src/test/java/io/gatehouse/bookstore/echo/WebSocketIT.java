package io.gatehouse.bookstore.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreExtension.class)
class WebSocketIT {

    private final Bookstore bookstore;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private WebSocket socket;

    WebSocketIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @BeforeEach
    void connect() {
        socket = bookstore
                .http()
                .newWebSocketBuilder()
                .subprotocols("echo")
                .buildAsync(URI.create("ws://localhost:" + bookstore.port() + "/echo/ws"), new Listener())
                .join();
    }

    @AfterEach
    void abort() {
        socket.abort();
    }

    @Test
    void subprotocolIsAgreed() {
        assertThat(socket.getSubprotocol()).isEqualTo("echo");
    }

    @Test
    void textComesBack() throws Exception {
        socket.sendText("Grüße", true).join();

        assertThat(answer()).isEqualTo("text Grüße");
    }

    @Test
    void binaryComesBack() throws Exception {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();

        assertThat(answer()).isEqualTo("binary 3");
    }

    @Test
    void messageOfManyFramesAndAMebibyteComesBackWhole() throws Exception {
        String half = "x".repeat(512 * 1024);
        socket.sendText(half, false).join();
        socket.sendText(half, true).join();

        assertThat(answer()).isEqualTo("text " + half + half);
    }

    @Test
    void pingIsAnsweredWithItsContent() throws Exception {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})).join();

        assertThat(answer()).isEqualTo("pong 4");
    }

    @Test
    void unaskedPongIsIgnored() throws Exception {
        socket.sendPong(ByteBuffer.wrap(new byte[] {1})).join();
        socket.sendText("still here", true).join();

        assertThat(answer()).isEqualTo("text still here");
    }

    @Test
    void closeIsAnsweredWithItsCode() throws Exception {
        socket.sendClose(4001, "bye").join();

        assertThat(answer()).startsWith("close 4001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1011, 3000, 4000, 4999})
    void serverClosesWithTheCodeItIsAskedFor(int code) throws Exception {
        socket.sendText("close:" + code, true).join();

        assertThat(answer()).isEqualTo("close " + code + " as asked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close:1005", "close:1006", "close:999", "close:", "close:5000"})
    void codeThatMustNotBeSentIsJustText(String text) throws Exception {
        socket.sendText(text, true).join();

        assertThat(answer()).isEqualTo("text " + text);
    }

    @Test
    void messagesComeBackInOrder() throws Exception {
        for (int number = 0; number < 200; number++) {
            socket.sendText("message " + number, true).join();
        }

        for (int number = 0; number < 200; number++) {
            assertThat(answer()).isEqualTo("text message " + number);
        }
    }

    private String answer() throws InterruptedException {
        return answers.poll(10, TimeUnit.SECONDS);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                answers.add("text " + text);
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            answers.add("binary " + data.remaining());
            return WebSocket.Listener.super.onBinary(from, data, last);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
            answers.add("pong " + data.remaining());
            return WebSocket.Listener.super.onPong(from, data);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            answers.add("close " + code + " " + reason);
            return WebSocket.Listener.super.onClose(from, code, reason);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            answers.add("error " + failure);
        }
    }
}
