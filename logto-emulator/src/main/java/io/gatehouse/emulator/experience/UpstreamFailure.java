package io.gatehouse.emulator.experience;

/** The enterprise provider could not be reached, or said something that does not hold. */
final class UpstreamFailure extends Exception {

    UpstreamFailure(String message) {
        super(message);
    }

    UpstreamFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
