package io.gatehouse.emulator.http;

/** One response header; a name may occur several times. */
public record Header(String name, String value) {}
