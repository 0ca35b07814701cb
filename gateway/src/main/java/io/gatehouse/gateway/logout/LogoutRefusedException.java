package io.gatehouse.gateway.logout;

/** A back-channel logout that was not accepted. Nothing has changed. */
final class LogoutRefusedException extends RuntimeException {

    private final LogoutRefusal refusal;

    LogoutRefusedException(LogoutRefusal refusal) {
        // Anybody can cause it: no stack trace.
        super(refusal.slug(), null, false, false);
        this.refusal = refusal;
    }

    LogoutRefusal refusal() {
        return refusal;
    }
}
