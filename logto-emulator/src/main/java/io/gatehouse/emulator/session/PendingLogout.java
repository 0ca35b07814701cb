package io.gatehouse.emulator.session;

import org.jspecify.annotations.Nullable;

/**
 * A logout the browser has asked for but not yet confirmed.
 *
 * @param secret what the confirming form must repeat
 * @param returnTo where the browser goes afterwards; null for Logto's own page
 */
public record PendingLogout(
        String secret, @Nullable String returnTo, @Nullable String state) {}
