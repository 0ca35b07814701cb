package io.gatehouse.emulator.directory;

import java.util.List;
import java.util.Locale;

/**
 * An enterprise connector: whose addresses it claims and which provider they sign in at.
 *
 * @param id also the last segment of its callback, {@code /callback/<id>}
 * @param syncProfile whether name and avatar follow the provider at every sign-in; the address never does
 * @param trustUnverifiedEmail only helps where the provider says nothing about {@code email_verified}
 */
public record Connector(
        String id,
        String name,
        List<String> domains,
        String issuer,
        String clientId,
        Secret clientSecret,
        String scope,
        boolean syncProfile,
        boolean trustUnverifiedEmail) {

    /** Whether the address's domain belongs to this connector. */
    public boolean claims(String identifier) {
        int at = identifier.lastIndexOf('@');
        return at >= 0 && domains.contains(identifier.substring(at + 1).toLowerCase(Locale.ROOT));
    }
}
