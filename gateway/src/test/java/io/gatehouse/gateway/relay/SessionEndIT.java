package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.LiveClient;
import io.gatehouse.gateway.fixture.LiveClient.Socket;
import io.gatehouse.gateway.fixture.LiveClient.Stream;
import io.gatehouse.gateway.fixture.LivePage;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.redis.Tracking;
import io.gatehouse.gateway.session.SessionEnds;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is open when a session ends, ends with it, on two replicas. */
class SessionEndIT {

    private static final Duration AT_MOST = Duration.ofSeconds(2);

    @RegisterExtension
    static final EndlessUpstream UPSTREAM = new EndlessUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[0].upstream", UPSTREAM.url(),
            "gatehouse.routes[1].upstream", UPSTREAM.url(),
            "gatehouse.routes[4].upstream", UPSTREAM.url()));

    private static TestGateway other;

    private final Browser browser = new Browser();
    private LiveClient here;
    private LiveClient there;

    @BeforeAll
    static void startOther() {
        other = STAGE.gateway().replica();
        other.start();
    }

    @AfterAll
    static void stopOther() {
        other.stop();
    }

    @BeforeEach
    void signIn() {
        STAGE.signInAsAlice(browser);
        here = new LiveClient(STAGE.url(""), browser.cookies().get("gatehouse"));
        there = new LiveClient(other.url(), STAGE.url(""), browser.cookies().get("gatehouse"));
    }

    @Test
    void signOutEndsEverythingOnBothReplicas() throws Exception {
        Open open = new Open(here, there);

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        open.assertEnded();
    }

    @Test
    void endFromOutsideEndsEverythingOnBothReplicasAndTouchesNobodyElse() throws Exception {
        Browser bobs = new Browser();
        STAGE.signIn(bobs, "bob", "Builder-42!!");
        LiveClient bob =
                new LiveClient(other.url(), STAGE.url(""), bobs.cookies().get("gatehouse"));
        LivePage bobsPage = new LivePage(bob);
        Open open = new Open(here, there);

        STAGE.gateway()
                .bean(SessionEnds.class)
                .endUser(STAGE.logto().issuer(), subject())
                .block();

        open.assertEnded();
        bobsPage.verifyUntouched();
    }

    @Test
    void shortRequestThatIsUnderWayFinishes() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = there.answer("/x/delay/900");
        pause(Duration.ofMillis(300));

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo("late");
    }

    @Test
    void requestThatTakesLongerIsAnsweredWithAProblem() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = there.answer("/x/delay/8000");
        pause(Duration.ofMillis(300));

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        assertThat(answer.get(2, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
        assertThat(answer.get().body()).contains("session-ended");
        waitUntil(() -> UPSTREAM.ended().contains("/x/delay/8000"));
    }

    @Test
    void uploadIsCut() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = there.upload("/x/upload", new SlowBody());
        pause(Duration.ofMillis(300));

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        waitUntil(() -> UPSTREAM.ended().contains("/x/upload"));
        waitUntil(answer::isDone);
        assertThat(answer.handle((answered, failure) -> failure != null || answered.statusCode() == 401))
                .isCompletedWithValue(true);
    }

    @Test
    void eventThatHasBegunIsFinishedBeforeTheLast() throws Exception {
        Stream events = there.stream("/x/half-event");
        waitUntil(() -> events.text().endsWith("data: half"));

        browser.fetch("POST", STAGE.url("/auth/sign-out"));

        assertThat(events.end().isComplete()).isTrue();
        assertThat(events.end().body()).startsWith("data: first\n\ndata: half whole\n\nevent: session-ended\n");
    }

    @Test
    void redisThatDoesNotAnswerEndsNothing() throws Exception {
        Socket socket = there.socket("/x/socket");
        Stream events = here.stream("/x/events");
        Stream download = there.stream("/x/download");

        STAGE.redis().pause();
        pause(Duration.ofSeconds(4));
        STAGE.redis().resume();
        pause(Duration.ofSeconds(1));

        assertThat(socket.echo("still here")).isEqualTo("still here");
        assertThat(events.isOpen()).isTrue();
        assertThat(download.isOpen()).isTrue();
    }

    @Test
    void endThatNobodyHeardOfIsFoundWhenRedisIsBack() throws Exception {
        Socket socket = there.socket("/x/socket");
        pause(Duration.ofMillis(500));

        other.bean(Tracking.class).stop();
        browser.fetch("POST", STAGE.url("/auth/sign-out"));
        pause(Duration.ofSeconds(1));
        assertThat(socket.isOpen()).isTrue();
        other.bean(Tracking.class).start();

        assertThat(socket.close()).isEqualTo("4401 session ended");
    }

    @Test
    void absoluteLifetimeEndsWhatIsOpen() throws Exception {
        Socket socket = here.socket("/x/socket");
        Stream events = here.stream("/x/events");
        Stream download = here.stream("/optional/download");

        STAGE.advance(Duration.ofHours(10));

        waitUntil(() -> !socket.isOpen() && !events.isOpen() && !download.isOpen());
        assertThat(socket.close()).isEqualTo("4401 session ended");
        assertThat(events.end().body()).contains("event: session-ended");
        assertThat(download.end().isComplete()).isFalse();
    }

    @Test
    void requestsKeepWhatIsOpenAliveAndWhatIsOpenDoesNot() throws Exception {
        Stream events = here.stream("/x/events");
        STAGE.advance(Duration.ofMinutes(20));
        browser.fetch("GET", STAGE.url("/x/delay/0"));

        STAGE.advance(Duration.ofMinutes(20));
        pause(Duration.ofSeconds(1));
        assertThat(events.isOpen()).isTrue();

        STAGE.advance(Duration.ofMinutes(11));
        waitUntil(() -> !events.isOpen());
        assertThat(events.end().body()).contains("event: session-ended");
    }

    @Test
    void publicRouteKnowsNoSession() throws Exception {
        Socket socket = here.socket("/public/socket");
        Stream events = here.stream("/public/events");

        browser.fetch("POST", STAGE.url("/auth/sign-out"));
        pause(Duration.ofMillis(2500));

        assertThat(socket.echo("still here")).isEqualTo("still here");
        assertThat(events.isOpen()).isTrue();
    }

    private String subject() {
        Matcher subject = Pattern.compile("\"subject\":\"([^\"]+)\"")
                .matcher(browser.fetch("GET", STAGE.url("/auth/session")).body());
        assertThat(subject.find()).isTrue();
        return subject.group(1);
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void waitUntil(BooleanSupplier fulfilled) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!fulfilled.getAsBoolean() && System.nanoTime() < end) {
            pause(Duration.ofMillis(10));
        }
        assertThat(fulfilled.getAsBoolean()).isTrue();
    }

    /** One of each kind on each of two replicas. */
    private static final class Open {

        private final LivePage page;
        private final List<Stream> downloads;

        Open(LiveClient one, LiveClient two) throws Exception {
            page = new LivePage(one, two);
            downloads = List.of(one.stream("/x/download"), two.stream("/x/download"), one.stream("/x/chunks"));
        }

        void assertEnded() throws Exception {
            waitUntil(this::isEnded);
            page.verifyEnded();
            for (Stream download : downloads) {
                assertThat(download.end().isComplete()).isFalse();
            }
            assertEndedUpstream();
        }

        private static void assertEndedUpstream() {
            List<String> all = List.of(
                    "socket 4401", "socket 4401", "/x/events", "/x/events", "/x/download", "/x/download", "/x/chunks");
            for (int i = 0; i < 200 && UPSTREAM.ended().size() < all.size(); i++) {
                pause(Duration.ofMillis(10));
            }
            assertThat(UPSTREAM.ended()).containsExactlyInAnyOrderElementsOf(all);
        }

        private boolean isEnded() {
            return page.isEnded() && downloads.stream().noneMatch(Stream::isOpen);
        }
    }

    /** A hundred bytes now and then, for a minute. */
    private static final class SlowBody extends ByteArrayInputStream {

        SlowBody() {
            super(new byte[60_000]);
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            pause(Duration.ofMillis(100));
            return super.read(into, from, Math.min(length, 100));
        }
    }
}
