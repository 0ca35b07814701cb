package io.gatehouse.gateway.session;

import reactor.util.retry.Retry;

/**
 * Somebody else changed the session between our reading and our writing it. Never leaves this package unless it never
 * ends.
 */
final class OvertakenException extends RuntimeException {

    static final Retry RETRY = Retry.max(10).filter(OvertakenException.class::isInstance);

    OvertakenException() {
        super("the session was changed at the same time", null, false, false);
    }
}
