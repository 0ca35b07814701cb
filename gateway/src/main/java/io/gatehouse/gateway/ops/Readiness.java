package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.redis.RedisConnections;
import io.lettuce.core.api.reactive.BaseRedisReactiveCommands;
import java.util.List;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import reactor.core.publisher.Mono;

/**
 * Whether this replica is alive, and whether it should get requests. It is ready while it can look up sessions; the IdP
 * does not count, because people who are signed in do not need it.
 */
final class Readiness {

    private final ApplicationAvailability availability;
    private final RedisConnections redis;

    Readiness(ApplicationAvailability availability, RedisConnections redis) {
        this.availability = availability;
        this.redis = redis;
    }

    boolean isAlive() {
        return availability.getLivenessState() == LivenessState.CORRECT;
    }

    /** What keeps this replica from serving; nothing if it is ready. */
    Mono<List<String>> obstacles() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return Mono.just(List.of("starting or stopping"));
        }
        return redis.run(BaseRedisReactiveCommands::ping)
                .map(pong -> List.<String>of())
                .onErrorReturn(GatewayException.class, List.of("redis"));
    }
}
