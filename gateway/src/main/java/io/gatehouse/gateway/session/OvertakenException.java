package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Duration;
import reactor.util.retry.Retry;

/**
 * Somebody else changed the session between our reading and our writing it. Never leaves this package: if it does not
 * end it is {@link ProblemType#SESSION_STORE_UNAVAILABLE}.
 */
final class OvertakenException extends RuntimeException {

    static final Retry RETRY = Retry.backoff(20, Duration.ofMillis(2))
            .maxBackoff(Duration.ofMillis(50))
            .filter(OvertakenException.class::isInstance)
            .onRetryExhaustedThrow((retry, signal) ->
                    GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE, "a session changes all the time"));

    OvertakenException() {
        super("the session was changed at the same time", null, false, false);
    }
}
