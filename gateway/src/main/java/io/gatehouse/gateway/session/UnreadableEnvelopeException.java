package io.gatehouse.gateway.session;

/** A sealed envelope that cannot be opened. The message says why, and nothing of what is inside. */
public final class UnreadableEnvelopeException extends RuntimeException {

    UnreadableEnvelopeException(String reason) {
        super(reason);
    }

    UnreadableEnvelopeException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
