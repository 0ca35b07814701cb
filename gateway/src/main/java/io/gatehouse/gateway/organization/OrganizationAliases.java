package io.gatehouse.gateway.organization;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What organizations are called in addresses.
 *
 * @param ids the id at the IdP by alias
 */
public record OrganizationAliases(Map<String, String> ids) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    public OrganizationAliases {
        ids = Map.copyOf(ids);
    }

    /** The id for an alias; a name that is no alias is an id itself. Blank for what cannot be one. */
    String id(String name) {
        String id = ids.getOrDefault(name, name);
        return ID.matcher(id).matches() ? id : "";
    }
}
