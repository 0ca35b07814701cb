package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * A failure as it may be logged: with its causes and stack traces, without what Reactor has noted along its way. Those
 * notes name the request's address with its query, and there the authorization code stands.
 */
final class Defect extends RuntimeException {

    private static final int MAX_CAUSES = 8;

    private Defect(Throwable failure, @Nullable Defect cause) {
        super(failure.toString(), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    static Defect of(Throwable failure) {
        return of(failure, MAX_CAUSES);
    }

    private static Defect of(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return new Defect(failure, cause == null || depth == 0 ? null : of(cause, depth - 1));
    }
}
