package io.gatehouse.emulator.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A tenant of the product's customers.
 *
 * @param members the roles each member has in this organization, by user id
 * @param jitRoles the roles somebody gets who comes through one of these connectors for the first time
 */
public record Organization(
        String id,
        String name,
        String description,
        Map<String, Set<String>> members,
        Map<String, Set<String>> jitRoles) {

    public boolean hasMember(String userId) {
        return members.containsKey(userId);
    }

    public Set<String> rolesOf(String userId) {
        return members.getOrDefault(userId, Set.of());
    }

    public Organization withMember(String userId, Set<String> roles) {
        var changed = new LinkedHashMap<>(members);
        changed.put(userId, roles);
        return new Organization(id, name, description, changed, jitRoles);
    }

    public Organization withoutMember(String userId) {
        var changed = new LinkedHashMap<>(members);
        changed.remove(userId);
        return new Organization(id, name, description, changed, jitRoles);
    }
}
