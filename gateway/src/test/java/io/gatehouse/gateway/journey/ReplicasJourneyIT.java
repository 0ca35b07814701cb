package io.gatehouse.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LiveClient;
import io.gatehouse.gateway.fixture.LiveClient.Socket;
import io.gatehouse.gateway.fixture.LiveClient.Stream;
import io.gatehouse.gateway.fixture.Replica;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas that know nothing of each other but Redis and the keys. */
class ReplicasJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    private final Browser browser = new Browser();

    @AfterEach
    void restartA() {
        if (!RUNNING.get().a().isAlive()) {
            RUNNING.get().a().start().await();
        }
    }

    @Test
    void whoeverSignsInOnOneReplicaIsSignedInOnTheOther() {
        signInOn(a("/books"));

        assertThat(browser.open(b("/books")).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", b("/api/books")).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", b("/auth/session")).body()).contains("\"name\":\"Alice Liddell\"");
    }

    @Test
    void signInThatOneReplicaBeganIsFinishedByTheOther() {
        Answer callback = browser.signIn(browser.open(a("/books?x=1")), Steps.ALICE, Steps.ALICES_PASSWORD);
        RUNNING.get().a().kill();

        Answer landed = browser.open(b(pathAndQuery(callback.location())));

        assertThat(landed.status()).isEqualTo(302);
        assertThat(landed.header("Location")).contains("/books?x=1");
        assertThat(browser.open(b("/books?x=1")).status()).isEqualTo(200);
    }

    @Test
    void replicaThatIsKilledAndStartedAgainSignsNobodyOut() {
        signInOn(a("/books"));

        RUNNING.get().a().kill();
        RUNNING.get().a().start().await();

        assertThat(browser.open(a("/books")).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", a("/api/books")).status()).isEqualTo(200);
    }

    @Test
    void signOutOnOneReplicaIsASignOutOnBoth() {
        signInOn(a("/books"));
        String id = browser.cookies().get("gatehouse");

        browser.fetch("POST", b("/auth/sign-out"));

        assertThat(new Browser().with("gatehouse", id).fetch("GET", a("/books")).status())
                .isEqualTo(401);
        assertThat(new Browser().with("gatehouse", id).fetch("GET", b("/books")).status())
                .isEqualTo(401);
    }

    @Test
    void signOutOnOneReplicaEndsWhatIsOpenOnBoth() throws Exception {
        signInOn(a("/books"));
        String id = browser.cookies().get("gatehouse");
        List<Socket> sockets = new ArrayList<>();
        List<Stream> events = new ArrayList<>();
        for (Replica replica : RUNNING.get().replicas()) {
            LiveClient client = new LiveClient(replica.url(""), a(""), id);
            sockets.add(client.socket("/echo/ws"));
            events.add(client.stream("/echo/sse?count=1000&intervalMillis=100"));
        }

        Instant ended = Instant.now();
        browser.fetch("POST", b("/auth/sign-out"));

        for (Socket socket : sockets) {
            assertThat(socket.close()).isEqualTo("4401 session ended");
        }
        for (Stream stream : events) {
            assertThat(stream.end().body()).contains("event: session-ended");
        }
        assertThat(Instant.now()).isBefore(ended.plusSeconds(2));
    }

    @Test
    void replicaThatIsToldToStopFinishesWhatItHasBegun() throws Exception {
        signInOn(a("/books"));
        var slow = new FutureTask<>(() -> browser.fetch("GET", a("/echo/delay?millis=3000")));
        Thread.startVirtualThread(slow);
        Thread.sleep(500);

        RUNNING.get().a().close();

        assertThat(slow.get().status()).isEqualTo(200);
    }

    private void signInOn(String url) {
        Answer callback = browser.signIn(browser.open(url), Steps.ALICE, Steps.ALICES_PASSWORD);
        browser.open(callback.location().toString());
    }

    private static String pathAndQuery(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String a(String path) {
        return RUNNING.get().a().url(path);
    }

    private static String b(String path) {
        return RUNNING.get().b().url(path);
    }
}
