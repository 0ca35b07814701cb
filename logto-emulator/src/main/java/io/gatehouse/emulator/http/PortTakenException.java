package io.gatehouse.emulator.http;

/** Something else listens on the port already. */
public final class PortTakenException extends RuntimeException {

    PortTakenException(int port, Throwable cause) {
        super("port " + port + " is taken", cause);
    }
}
