package io.gatehouse.emulator.webhook;

import io.gatehouse.emulator.directory.Secret;
import java.util.Set;

/**
 * Somebody who wants to be told.
 *
 * @param events such as {@code PostSignIn} or {@code User.Deleted}
 * @param signingKey the key of the HMAC over each body
 */
public record Webhook(String id, String name, String url, Set<String> events, Secret signingKey) {}
