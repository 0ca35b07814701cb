package io.gatehouse.emulator.control;

/** A control call that makes no sense; answered with 400 and the message. */
final class BadRequest extends RuntimeException {

    BadRequest(String message) {
        super(message);
    }
}
