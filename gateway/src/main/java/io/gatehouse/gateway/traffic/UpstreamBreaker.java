package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.CircuitBreakerRule;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;

/** Counts how the calls of one upstream end, and knows when it is to be left alone. */
final class UpstreamBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamBreaker.class);

    /** Few, because they are people's requests, and more than one, because one may be unlucky. */
    private static final int TRIALS = 3;

    private final String route;
    private final Duration openFor;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private volatile Instant openUntil = Instant.MIN;

    UpstreamBreaker(String route, CircuitBreakerRule rule, Clock clock) {
        this.route = route;
        this.openFor = rule.openFor();
        this.clock = clock;
        this.breaker = CircuitBreaker.of(route, configuration(rule, clock));
        breaker.getEventPublisher().onStateTransition(this::noteTransition);
    }

    private static CircuitBreakerConfig configuration(CircuitBreakerRule rule, Clock clock) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                .slidingWindowSize(Math.toIntExact(rule.window().toSeconds()))
                .minimumNumberOfCalls(rule.minimumCalls())
                .failureRateThreshold(rule.failureRate())
                .waitDurationInOpenState(rule.openFor())
                .permittedNumberOfCallsInHalfOpenState(Math.min(TRIALS, rule.minimumCalls()))
                .build();
    }

    /** Whether the upstream may be called. Whoever calls it says how that has ended. */
    boolean isClosed() {
        return breaker.tryAcquirePermission();
    }

    /** How long it is left alone; nothing if somebody is just trying whether it is back. */
    Duration timeLeft() {
        Duration left = Duration.between(clock.instant(), openUntil);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** An answer has begun. */
    void answered(@Nullable HttpStatusCode status) {
        if (status != null && status.is5xxServerError()) {
            failed();
            return;
        }
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** There was no answer. */
    void failed() {
        breaker.onError(0, TimeUnit.NANOSECONDS, GatewayException.of(ProblemType.UPSTREAM_UNREACHABLE));
    }

    /** The call says nothing about the upstream. */
    void undecided() {
        breaker.releasePermission();
    }

    private void noteTransition(CircuitBreakerOnStateTransitionEvent event) {
        switch (event.getStateTransition().getToState()) {
            case OPEN -> {
                openUntil = clock.instant().plus(openFor);
                LOG.atWarn().addKeyValue("route", route).log("upstream left alone: too many of its calls fail");
            }
            case CLOSED -> LOG.atInfo().addKeyValue("route", route).log("upstream is back");
            default -> {}
        }
    }
}
