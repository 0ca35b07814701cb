package io.gatehouse.emulator.http;

/** No response at all: the peer sees a TCP RST. */
public enum ConnectionReset implements Reply {
    INSTANCE
}
