package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Waiting for a session to change, here and on another replica. */
class ChangesIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts here;
    private SessionParts there;
    private Changes changes;

    @BeforeEach
    void startReplicas() {
        here = new SessionParts(REDIS.url(), clock);
        there = new SessionParts(REDIS.url(), clock);
        changes = new Changes(here.store);
        here.tracking.tell(changes);
        here.store.tell(changes::changed);
        await().until(() -> here.tracking.isComplete() && there.tracking.isComplete());
    }

    @AfterEach
    void stopReplicas() {
        there.close();
        here.close();
    }

    /** Whoever listens and then reads either reads the change or hears of it, whenever it comes. */
    @RepeatedTest(200)
    void changeByAnotherReplicaIsReadOrHeard() {
        BrowserSession session = begun();
        try (Changes.Watch watch = changes.watch(session)) {
            CompletableFuture<?> change = CompletableFuture.runAsync(() -> change(there, session));
            BrowserSession read = here.sessions.newest(session).block();
            if (read.record().revision() == session.record().revision()) {
                long start = System.nanoTime();
                watch.heard(LONG).block();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
            change.join();
        }
    }

    @Test
    void ownChangeIsHeard() {
        BrowserSession session = begun();
        try (Changes.Watch watch = changes.watch(session)) {
            change(here, session);

            watch.heard(LONG).block(Duration.ofSeconds(1));
        }
    }

    @Test
    void changeBeforeAnybodyWaitsIsNotForgotten() {
        BrowserSession session = begun();
        try (Changes.Watch watch = changes.watch(session)) {
            changes.changed(here.store.key(session.id()));

            watch.heard(LONG).block(Duration.ofSeconds(1));
        }
    }

    @Test
    void changeOfAnotherSessionWakesNobody() {
        BrowserSession session = begun();
        try (Changes.Watch watch = changes.watch(session)) {
            change(here, begun());

            long start = System.nanoTime();
            watch.heard(Duration.ofMillis(300)).block();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
        }
    }

    @Test
    void everybodyIsWokenWhenChangesMayHaveBeenMissed() {
        BrowserSession session = begun();
        try (Changes.Watch watch = changes.watch(session)) {
            changes.everythingChanged();

            watch.heard(LONG).block(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoeverStopsListeningTakesNothingFromTheNextOne() {
        BrowserSession session = begun();
        Changes.Watch first = changes.watch(session);
        try (Changes.Watch second = changes.watch(session)) {
            first.close();
            change(here, session);

            second.heard(LONG).block(Duration.ofSeconds(1));
        }
    }

    private BrowserSession begun() {
        SessionId id = here.begun();
        return new BrowserSession(id, here.store.find(id).block());
    }

    private static void change(SessionParts replica, BrowserSession session) {
        replica.sessions
                .change(session, newest -> newest.with(TestSessions.tokens("next")))
                .block();
    }
}
