package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stops a browser that is sent round between this gateway and the IdP, and names the cause. A round is a sign-in that
 * was finished and followed by another one; the fourth within half a minute is not begun. Several tabs that begin to
 * sign in at once are none, and neither is whoever has signed out in between.
 *
 * <p>That a sign-in was finished shows in the browser, which names another session each time, or in Redis, where it is
 * noted anyway, so that a code is redeemed once: nothing is written here, and nothing is read before the fourth
 * sign-in. The browser knows it even where the replicas do not share a Redis.
 */
final class SignInRounds {

    private static final int ROUNDS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final ClusterMarks marks;
    private final Sessions sessions;
    private final SignedOutMarker signedOut;
    private final Clock clock;

    SignInRounds(ClusterMarks marks, Sessions sessions, SignedOutMarker signedOut, Clock clock) {
        this.marks = marks;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.clock = clock;
    }

    /**
     * Completes if this browser may begin another sign-in. Fails with {@link ProblemType#TOO_MANY_SIGN_INS} if it
     * begins more of them than a person can, and otherwise with what makes it go round.
     */
    Mono<Void> admit(ServerHttpRequest request, Flows flows) {
        return admit(request, flows, cause(request));
    }

    /** The same where the code of the last sign-in was refused. */
    Mono<Void> admitAfterRefusal(ServerHttpRequest request, Flows flows) {
        return admit(request, flows, Mono.just(ProblemType.CODES_REFUSED));
    }

    private Mono<Void> admit(ServerHttpRequest request, Flows flows, Mono<ProblemType> cause) {
        if (flows.areTooMany(clock.instant())) {
            return Mono.error(() -> GatewayException.of(ProblemType.TOO_MANY_SIGN_INS));
        }
        List<Flow> recent = flows.begunWithin(WINDOW, clock.instant()).all();
        if (recent.size() < ROUNDS || signedOut.signedOutAt(request).isPresent()) {
            return Mono.empty();
        }
        return finished(recent)
                .defaultIfEmpty(0L)
                .map(finished -> Math.max(finished, sessionsNamed(recent, request)))
                .filter(rounds -> rounds >= ROUNDS)
                .flatMap(rounds -> cause)
                .flatMap(type -> Mono.error(() -> GatewayException.of(type, "the fourth sign-in in half a minute")));
    }

    /** Without Redis nobody can sign in, and then nobody goes round. */
    private Mono<Long> finished(List<Flow> recent) {
        return Flux.fromIterable(recent)
                .filterWhen(flow -> marks.isSet(flow.mark()))
                .count()
                .onErrorComplete(GatewayException.class);
    }

    private long sessionsNamed(List<Flow> recent, ServerHttpRequest request) {
        return IntStream.concat(recent.stream().mapToInt(Flow::before), IntStream.of(sessions.nameIn(request)))
                .filter(name -> name != 0)
                .distinct()
                .count();
    }

    private Mono<ProblemType> cause(ServerHttpRequest request) {
        if (sessions.nameIn(request) == 0) {
            return Mono.just(ProblemType.SESSION_COOKIE_LOST);
        }
        return sessions.peek(request)
                .map(session -> ProblemType.SIGN_IN_REPEATED)
                .defaultIfEmpty(ProblemType.SESSION_LOST);
    }
}
