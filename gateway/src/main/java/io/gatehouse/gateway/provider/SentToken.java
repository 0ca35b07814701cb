package io.gatehouse.gateway.provider;

import java.util.Map;

/**
 * A token that the IdP has signed and somebody has sent.
 *
 * @param type the {@code typ} of its header; blank without one
 * @param claims as they came, JSON types only
 */
public record SentToken(String type, Map<String, Object> claims) {}
