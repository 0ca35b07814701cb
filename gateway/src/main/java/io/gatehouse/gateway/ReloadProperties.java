package io.gatehouse.gateway;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this gateway learns that its configuration has changed.
 *
 * @param interval how often the configuration files, and the files that secrets come from, are read again. What has
 *     changed and has stayed the same for one interval is taken over: routes and secrets, all of it or nothing.
 *     {@code 0s}: never
 */
record ReloadProperties(@DefaultValue("5s") Duration interval) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @AssertTrue(message = "interval: must be from 100ms to 1h, or 0s for never")
    boolean isIntervalReasonable() {
        return interval.isZero() || (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0);
    }
}
