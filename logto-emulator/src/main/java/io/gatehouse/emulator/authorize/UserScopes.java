package io.gatehouse.emulator.authorize;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The scopes that are about the user rather than an API; all others need a resource. */
final class UserScopes {

    private static final Set<String> ALL = Set.of(
            "openid",
            "offline_access",
            "profile",
            "email",
            "phone",
            "address",
            "custom_data",
            "identities",
            "roles",
            "urn:logto:scope:organizations",
            "urn:logto:scope:organization_roles",
            "urn:logto:scope:sessions",
            "urn:logto:scope:trusted_devices");

    private UserScopes() {}

    static Set<String> among(Set<String> scopes) {
        return scopes.stream().filter(ALL::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
