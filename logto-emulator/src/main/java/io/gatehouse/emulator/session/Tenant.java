package io.gatehouse.emulator.session;

import io.gatehouse.emulator.directory.Directory;
import java.time.Clock;

/**
 * What every endpoint works on.
 *
 * @param endpoint the base URL browsers and applications use, without a trailing slash
 */
public record Tenant(
        String endpoint,
        Directory directory,
        BrowserSessions sessions,
        Grants grants,
        Lifetimes lifetimes,
        Identifiers identifiers,
        Clock clock) {

    public static Tenant create(
            String endpoint, Directory directory, Lifetimes lifetimes, Identifiers identifiers, Clock clock) {
        var sessions = new BrowserSessions(lifetimes, clock);
        var grants = new Grants(sessions, lifetimes, identifiers, clock);
        return new Tenant(endpoint, directory, sessions, grants, lifetimes, identifiers, clock);
    }

    /** The {@code iss} of everything. */
    public String issuer() {
        return endpoint + "/oidc";
    }
}
