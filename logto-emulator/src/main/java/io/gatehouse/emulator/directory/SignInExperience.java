package io.gatehouse.emulator.directory;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's settings for signing in.
 *
 * @param registration false for {@code signInMode: SignIn}: nobody new, not even just in time
 * @param unknownSessionRedirectUrl where a page without an interaction sends the browser; null for Logto's own page
 * @param extendedIdTokenClaims the optional claims that ID tokens carry
 */
public record SignInExperience(
        boolean registration, @Nullable String unknownSessionRedirectUrl, Set<String> extendedIdTokenClaims) {

    /** Logto's default for {@link #extendedIdTokenClaims}. */
    public static final Set<String> DEFAULT_CLAIMS = Set.of("roles", "organizations", "organization_roles");
}
