package io.gatehouse.emulator.http;

/** What a handler answers: a response, or a connection torn down without one. */
public sealed interface Reply permits Response, ConnectionReset {}
