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

    /** The name of a connector. Empty if no link can lead to it. */
    Optional<String> alias(String id) {
        return idsByAlias.entrySet().stream()
                .filter(connector -> connector.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
