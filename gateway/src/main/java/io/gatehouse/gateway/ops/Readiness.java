package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.redis.Tracking;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/**
 * Whether this replica is alive, and whether it should get requests. It is ready once it has reached Redis, and for as
 * long without it as it may serve the sessions it knows: a failover of Redis must not take every replica out of service
 * at once. The IdP does not count, because people who are signed in do not need it.
 */
final class Readiness {

    /** Longer than it takes from one sign of life of Redis to the next. */
    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(3);

    private final ApplicationAvailability availability;
    private final Tracking redis;
    private final Duration grace;
    private final Clock clock;

    Readiness(ApplicationAvailability availability, Tracking redis, Duration grace, Clock clock) {
        this.availability = availability;
        this.redis = redis;
        this.grace = grace.compareTo(SHORTEST_GRACE) < 0 ? SHORTEST_GRACE : grace;
        this.clock = clock;
    }

    boolean isAlive() {
        return availability.getLivenessState() == LivenessState.CORRECT;
    }

    /** What keeps this replica from serving; nothing if it is ready. */
    List<String> obstacles() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return List.of("starting or stopping");
        }
        boolean isReached = clock.instant().isBefore(redis.lastContact().plus(grace));
        return isReached ? List.of() : List.of("redis");
    }
}
