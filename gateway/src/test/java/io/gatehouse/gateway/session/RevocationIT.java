package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long one replica goes on with a session that has ended on another. */
class RevocationIT {

    private static final int TRIALS = Scale.of(100, 1_000);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void sessionThatEndsOnOneReplicaIsRefusedByTheOtherAtOnce() {
        try (SessionParts here = new SessionParts(REDIS.url(), clock);
                SessionParts there = new SessionParts(REDIS.url(), clock)) {
            await().until(() -> here.tracking.isComplete() && there.tracking.isComplete());
            List<Duration> delays = new ArrayList<>();
            for (int trial = 0; trial < TRIALS; trial++) {
                delays.add(delayOfAnEnd(here, there));
            }

            delays.sort(Duration::compareTo);
            Duration median = delays.get(TRIALS / 2);
            Duration p99 = delays.get(TRIALS * 99 / 100);
            System.out.println("revocation delay of " + TRIALS + " trials: p50 " + median + ", p99 " + p99);
            assertThat(p99).isLessThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    private static Duration delayOfAnEnd(SessionParts here, SessionParts there) {
        SessionId id = here.begun();
        assertThat(there.cache.find(id).block()).isNotNull();
        here.store.delete(id).block();
        long ended = System.nanoTime();
        while (there.cache.find(id).block() != null) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - ended);
    }
}
