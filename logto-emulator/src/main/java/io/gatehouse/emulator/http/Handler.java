package io.gatehouse.emulator.http;

/** Answers one request. Called on a virtual thread of its own, so it may block. */
@FunctionalInterface
public interface Handler {

    Reply handle(Request request);
}
