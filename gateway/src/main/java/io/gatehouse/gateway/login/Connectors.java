package io.gatehouse.gateway.login;

import java.util.Map;
import java.util.Optional;

/**
 * Logto's enterprise connectors under names that can be used in links.
 *
 * @param idsByAlias alias to connector id, such as {@code okta} to {@code k4q2c8...}
 */
public record Connectors(Map<String, String> idsByAlias) {

    public Connectors {
        idsByAlias = Map.copyOf(idsByAlias);
    }

    Optional<String> id(String alias) {
        return Optional.ofNullable(idsByAlias.get(alias));
    }

    boolean isKnownId(String id) {
        return idsByAlias.containsValue(id);
    }
}
