package io.gatehouse.emulator.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test can set ahead or behind: for skew, and to let hours pass at once. */
public final class AdjustableClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public AdjustableClock(Clock base) {
        this.base = base;
    }

    /** The time without the offset. */
    public Clock base() {
        return base;
    }

    public Duration offset() {
        return offset.get();
    }

    /** Sets the distance to the real time; negative is behind. */
    public void setOffset(Duration distance) {
        offset.set(distance);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return base.withZone(zone);
    }
}
