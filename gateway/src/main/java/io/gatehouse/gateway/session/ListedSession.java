package io.gatehouse.gateway.session;

/**
 * A session in a list.
 *
 * @param handle names it without giving access to it
 * @param meta what can be known of it without its id
 */
public record ListedSession(String handle, SessionMeta meta) {}
