package io.gatehouse.emulator.authorize;

/** A visit to an enterprise provider under way: what its answer must match. */
public record SsoAttempt(String connectorId, String state, String nonce) {}
