package io.gatehouse.emulator.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An application's own say in its tokens.
 *
 * @param alwaysIssueRefreshToken whether a refresh token comes without {@code offline_access}
 * @param rotateRefreshToken false keeps one refresh token for ever
 * @param refreshTokenTtl null for the emulator's own default
 * @param idTokenTtl null for the emulator's own default
 */
public record TokenPolicy(
        boolean alwaysIssueRefreshToken,
        boolean rotateRefreshToken,
        @Nullable Duration refreshTokenTtl,
        @Nullable Duration idTokenTtl) {

    public static final TokenPolicy DEFAULT = new TokenPolicy(false, true, null, null);
}
