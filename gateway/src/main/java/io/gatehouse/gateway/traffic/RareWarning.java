package io.gatehouse.gateway.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Something that is worth saying, but not for each request. */
final class RareWarning {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    RareWarning(Clock clock) {
        this.clock = clock;
    }

    /** Whether it is time to say it; true for one of those who ask at the same time. */
    boolean isDue() {
        Instant before = last.get();
        Instant now = clock.instant();
        return (before.equals(Instant.MIN) || !now.isBefore(before.plus(PAUSE))) && last.compareAndSet(before, now);
    }
}
