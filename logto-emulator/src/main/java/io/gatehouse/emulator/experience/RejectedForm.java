package io.gatehouse.emulator.experience;

/** What somebody filled in will not do; the same form comes back with the reason. */
final class RejectedForm extends RuntimeException {

    private final String reason;

    /** @param reason in Logto's words, for people */
    RejectedForm(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
