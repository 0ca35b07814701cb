package io.gatehouse.emulator.directory;

import java.util.Map;
import java.util.Set;

/**
 * A role a member can have in any organization.
 *
 * @param scopes organization scopes, for tokens of the organization itself
 * @param resourceScopes API scopes by resource indicator
 */
public record OrganizationRole(String name, Set<String> scopes, Map<String, Set<String>> resourceScopes) {

    public Set<String> scopesOf(String indicator) {
        return resourceScopes.getOrDefault(indicator, Set.of());
    }
}
