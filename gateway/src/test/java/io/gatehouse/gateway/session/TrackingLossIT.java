package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Scale;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connections that hear of changes are cut again and again while sessions end. */
class TrackingLossIT {

    private static final int CUTS = Scale.of(20, 200);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private final Random random = new Random();
    private final AtomicLong cut = new AtomicLong();

    /** The longest that Redis may need to break a connection and this test to be scheduled; max-age is 60 s. */
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void noSessionIsServedForLongAfterItsEnd() {
        try (SessionParts here = new SessionParts(REDIS.url(), clock);
                SessionParts there = new SessionParts(REDIS.url(), clock)) {
            await().until(there.tracking::isComplete);
            List<SessionId> served = new CopyOnWriteArrayList<>();
            for (int trial = 0; trial < CUTS; trial++) {
                await().until(there.tracking::isComplete);
                SessionId id = here.begun();
                there.cache.find(id).block();
                Thread killer = Thread.startVirtualThread(this::cutTracking);
                here.store.delete(id).block();
                join(killer);
                if (isServedAfter(SOON, there, id)) {
                    served.add(id);
                }
            }

            assertThat(served).isEmpty();
            assertThat(cut.get()).isGreaterThanOrEqualTo(CUTS / 2);
        }
    }

    private static boolean isServedAfter(Duration time, SessionParts replica, SessionId id) {
        long deadline = System.nanoTime() + time.toNanos();
        boolean served = true;
        while (served && System.nanoTime() < deadline) {
            served = replica.cache.find(id).onErrorComplete().block() != null;
        }
        return served;
    }

    private void cutTracking() {
        try {
            Thread.sleep(Duration.ofNanos(random.nextInt(2_000_000)));
            cut.addAndGet(REDIS.cutTracking());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
