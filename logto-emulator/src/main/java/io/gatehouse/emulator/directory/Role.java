package io.gatehouse.emulator.directory;

import java.util.Map;
import java.util.Set;

/**
 * A bundle of API scopes for users or machine-to-machine applications.
 *
 * @param scopes by resource indicator
 * @param isDefault whether a new user gets it
 */
public record Role(String id, String name, Map<String, Set<String>> scopes, boolean isDefault) {

    public Set<String> scopesOf(String indicator) {
        return scopes.getOrDefault(indicator, Set.of());
    }
}
