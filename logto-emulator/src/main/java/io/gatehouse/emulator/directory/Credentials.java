package io.gatehouse.emulator.directory;

import org.jspecify.annotations.Nullable;

/**
 * What a user is known by. An address that Logto stores counts as verified: it drops the others.
 *
 * @param password null for somebody who only ever came through an enterprise connector
 */
public record Credentials(
        @Nullable String username,
        @Nullable String primaryEmail,
        @Nullable String primaryPhone,
        @Nullable Secret password) {

    /** Whether this is the user's name or address; addresses compare without regard to case. */
    public boolean isIdentifiedBy(String identifier) {
        return identifier.equals(username) || identifier.equalsIgnoreCase(primaryEmail);
    }

    public boolean accepts(String candidate) {
        return password != null && password.matches(candidate);
    }

    public Credentials withPassword(String replacement) {
        return new Credentials(username, primaryEmail, primaryPhone, new Secret(replacement));
    }
}
