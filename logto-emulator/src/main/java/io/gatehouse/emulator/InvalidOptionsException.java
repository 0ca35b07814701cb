package io.gatehouse.emulator;

/** Options nobody can start with; the message names each of them. */
public final class InvalidOptionsException extends RuntimeException {

    InvalidOptionsException(String message) {
        super(message);
    }
}
