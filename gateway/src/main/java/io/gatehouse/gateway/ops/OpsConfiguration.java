package io.gatehouse.gateway.ops;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.gatehouse.gateway.redis.Tracking;
import io.gatehouse.gateway.session.SessionProperties;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Wires the ops port. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    @Bean
    OpsServer opsServer(
            OpsProperties properties,
            ApplicationAvailability availability,
            Tracking redis,
            SessionProperties session,
            Clock clock) {
        Readiness readiness = new Readiness(availability, redis, session.cache().maxStale(), clock);
        return new OpsServer(
                properties,
                RouterFunctions.toHttpHandler(route(probe("/livez"), request -> live(readiness))
                        .andRoute(probe("/readyz"), request -> ready(readiness))));
    }

    private static RequestPredicate probe(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    private static Mono<ServerResponse> live(Readiness readiness) {
        return readiness.isAlive()
                ? answer(HttpStatus.OK, Map.of("status", "alive"))
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "broken"));
    }

    private static Mono<ServerResponse> ready(Readiness readiness) {
        return answer(readiness.obstacles());
    }

    private static Mono<ServerResponse> answer(List<String> obstacles) {
        return obstacles.isEmpty()
                ? answer(HttpStatus.OK, Map.of("status", "ready"))
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "not ready", "because", obstacles));
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Map<String, ?> body) {
        return ServerResponse.status(status).header("Cache-Control", "no-store").bodyValue(body);
    }
}
