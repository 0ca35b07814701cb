package io.gatehouse.emulator.control;

/** A control call about something that does not exist; answered with 404 and the message. */
final class NotThere extends RuntimeException {

    NotThere(String what) {
        super("there is no " + what);
    }
}
