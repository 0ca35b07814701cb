package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.SocketUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An open WebSocket is a matter between the browser and the upstream. */
@Timeout(60)
class WebSocketFramesIT {

    private static final int MIB = 1 << 20;

    /** What two connections over loopback hold at most in their own buffers, and some. */
    private static final int STALLED_MIB = 48;

    private static final int OFFERED_MIB = 96;

    @RegisterExtension
    static final SocketUpstream UPSTREAM = new SocketUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(
            Map.of("gatehouse.routes[0].upstream", UPSTREAM.url(), "gatehouse.routes[4].upstream", UPSTREAM.url()));

    private RawSocket page;
    private RawSocket upstream;

    @AfterEach
    void close() {
        page.close();
        upstream.leave();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4401, 4999})
    void closeOfThePageReachesTheUpstreamAsItIs(int status) {
        open("/public/socket", "", 0);

        page.send(Frame.close(status, status == 0 ? "" : "bye"));

        assertThat(upstream.receive()).isEqualTo(Frame.close(status, status == 0 ? "" : "bye"));
        upstream.send(Frame.close(status, ""));
        assertThat(page.receive()).isEqualTo(Frame.close(status, ""));
        upstream.leave();
        assertThat(page.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4401, 4999})
    void closeOfTheUpstreamReachesThePageAsItIs(int status) {
        open("/public/socket", "", 0);

        upstream.send(Frame.close(status, status == 0 ? "" : "bye"));

        assertThat(page.receive()).isEqualTo(Frame.close(status, status == 0 ? "" : "bye"));
        page.send(Frame.close(status, ""));
        assertThat(upstream.receive()).isEqualTo(Frame.close(status, ""));
        upstream.leave();
        assertThat(page.isOver()).isTrue();
    }

    /** Its connection ends once it has answered, and not before it has read. */
    @Test
    void upstreamThatLeavesWithItsCloseFrameDoesNotCutThePageOff() {
        open("/public/socket", "", 0);

        upstream.send(Frame.close(1001, "away"));
        upstream.leave();

        assertThat(page.receive()).isEqualTo(Frame.close(1001, "away"));
        assertThat(page.isQuietFor(Duration.ofMillis(300))).isTrue();
        page.send(Frame.close(1001, ""));
        assertThat(page.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.PING, RawSocket.PONG})
    void pingAndPongPassAndNobodyElseAnswersThem(int kind) {
        open("/public/socket", "", 0);

        page.send(Frame.of(kind, "from the page"));
        upstream.send(Frame.of(kind, "from the upstream"));

        assertThat(upstream.receive()).isEqualTo(Frame.of(kind, "from the page"));
        assertThat(page.receive()).isEqualTo(Frame.of(kind, "from the upstream"));
        assertThat(page.isQuietFor(Duration.ofMillis(100))).isTrue();
        assertThat(upstream.isQuietFor(Duration.ofMillis(100))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "129, 0",
        "129, 125",
        "130, 126",
        "129, 65535",
        "130, 65536",
        "129, 1048576",
        "130, 1048576",
        "130, 16777216"
    })
    void frameOfAnySizePasses(int kind, int length) {
        open("/public/socket", "", 0);
        Frame frame = new Frame(kind, ascii(length));

        Thread.startVirtualThread(() -> page.send(frame));
        assertThat(upstream.receive()).isEqualTo(frame);
        Thread.startVirtualThread(() -> upstream.send(frame));
        assertThat(page.receive()).isEqualTo(frame);
    }

    /** With a ping in between, and the bit that says "compressed". */
    @Test
    void fragmentsStayFragments() {
        open("/public/socket", "", 0);
        Frame[] message = {
            Frame.of(0x41, "one "), Frame.of(0x00, "two "), Frame.of(RawSocket.PING, "?"), Frame.of(0x80, "three")
        };

        Arrays.stream(message).forEach(page::send);
        Arrays.stream(message).forEach(upstream::send);

        for (Frame frame : message) {
            assertThat(upstream.receive()).isEqualTo(frame);
            assertThat(page.receive()).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pageThatVanishesTakesTheUpstreamAlong(boolean byReset) {
        open("/public/socket", "", 0);

        vanish(page, byReset);

        assertThat(upstream.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upstreamThatVanishesTakesThePageAlong(boolean byReset) {
        open("/public/socket", "", 0);

        vanish(upstream, byReset);

        assertThat(page.isOver()).isTrue();
    }

    @Test
    void whatWasSentBeforeTheEndStillArrives() {
        open("/public/socket", "", 0);
        Frame last = new Frame(RawSocket.BINARY, ascii(MIB));

        Thread.startVirtualThread(() -> {
            upstream.send(last);
            upstream.leave();
        });

        assertThat(page.receive()).isEqualTo(last);
        assertThat(page.isOver()).isTrue();
    }

    @Test
    void pageThatDoesNotReadStopsTheUpstream() {
        open("/public/socket", "", 64 * 1024);

        assertThat(stalledAfter(upstream, page)).isLessThan(STALLED_MIB);
    }

    @Test
    void upstreamThatDoesNotReadStopsThePage() {
        open("/public/socket", "", 0);

        assertThat(stalledAfter(page, upstream)).isLessThan(STALLED_MIB);
    }

    /** How many frames of a MiB one can send before the other one reads; which it does in the end. */
    private static int stalledAfter(RawSocket sender, RawSocket reader) {
        Frame frame = new Frame(RawSocket.BINARY, ascii(MIB));
        AtomicInteger sent = new AtomicInteger();
        Thread.startVirtualThread(() -> send(sender, frame, sent));
        int stalled = -1;
        while (stalled != sent.get()) {
            stalled = sent.get();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
        for (int i = 0; i < OFFERED_MIB; i++) {
            assertThat(reader.receive()).isEqualTo(frame);
        }
        Awaitility.await().untilAtomic(sent, org.hamcrest.Matchers.is(OFFERED_MIB));
        return stalled;
    }

    private static void send(RawSocket sender, Frame frame, AtomicInteger sent) {
        for (int i = 0; i < OFFERED_MIB; i++) {
            sender.send(frame);
            sent.incrementAndGet();
        }
    }

    @Test
    void frameThatHasBegunIsWholeBeforeTheSessionEnds() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        open("/x/socket", headersOf(browser), 0);
        Frame frame = Frame.of(RawSocket.TEXT, "one message");
        byte[] bytes = upstream.bytes(frame);

        upstream.write(Arrays.copyOf(bytes, 5));
        browser.fetch("POST", STAGE.url("/auth/sign-out"));
        assertThat(upstream.receive()).isEqualTo(Frame.close(4401, "session ended"));
        upstream.write(Arrays.copyOfRange(bytes, 5, bytes.length));
        upstream.send(frame);

        assertThat(page.receive()).isEqualTo(frame);
        assertThat(page.receive()).isEqualTo(Frame.close(4401, "session ended"));
        assertThat(page.isOver()).isTrue();
        assertThat(upstream.isOver()).isTrue();
    }

    @Test
    void peersThatAnswerTheCloseAreNotKeptWaiting() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        open("/x/socket", headersOf(browser), 0);

        browser.fetch("POST", STAGE.url("/auth/sign-out"));
        page.receive();
        upstream.receive();
        long told = System.nanoTime();
        page.send(Frame.close(4401, ""));
        upstream.send(Frame.close(4401, ""));

        assertThat(page.isOver()).isTrue();
        assertThat(upstream.isOver()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofMillis(800));
    }

    @Test
    void peersThatNeitherReadNorAnswerLoseTheirConnections() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        open("/x/socket", headersOf(browser), 64 * 1024);
        Thread.startVirtualThread(() -> sendWhileItLasts(upstream));
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> upstreamCannotSend());
    }

    private boolean upstreamCannotSend() {
        try {
            upstream.write(new byte[1]);
            return false;
        } catch (UncheckedIOException over) {
            return true;
        }
    }

    private static void sendWhileItLasts(RawSocket sender) {
        Frame frame = new Frame(RawSocket.BINARY, ascii(MIB));
        try {
            for (int i = 0; i < 1000; i++) {
                sender.send(frame);
            }
        } catch (UncheckedIOException over) {
            sender.leave();
        }
    }

    private static String headersOf(Browser browser) {
        return "Origin: %s\r\nCookie: gatehouse=%s\r\n"
                .formatted(STAGE.url(""), browser.cookies().get("gatehouse"));
    }

    private void open(String path, String headers, int receiveBuffer) {
        page = RawSocket.open(STAGE.url(""), path, headers, receiveBuffer);
        upstream = UPSTREAM.next();
        upstream.accept(upstream.head(), "");
        assertThat(page.head()).startsWith("HTTP/1.1 101 ");
    }

    private static void vanish(RawSocket peer, boolean byReset) {
        if (byReset) {
            peer.reset();
        } else {
            peer.leave();
        }
    }

    private static byte[] ascii(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (int at = 0; at < length; at++) {
            bytes[at] = (byte) (' ' + (bytes[at] & 0x3F));
        }
        return bytes;
    }
}
