package io.gatehouse.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What can be replaced of the gateway itself and of all its sites.
 *
 * @param others by the id of the site
 */
record LiveSites(LiveParts main, Supplier<Map<String, LiveParts>> others) {

    private static final String MAIN = "";

    /**
     * Reads what could take over, by the id of the site; blank for the gateway itself.
     *
     * @throws InvalidConfigurationException with all complaints
     */
    Map<String, GatehouseProperties> read(ConfigurableEnvironment environment) {
        GatehouseProperties next = ConfigurationReader.read(environment);
        Map<String, GatehouseProperties> all = new HashMap<>(ConfigurationReader.readSites(environment, next));
        all.put(MAIN, next);
        return all;
    }

    boolean needsRestartFor(Map<String, GatehouseProperties> next) {
        return parts().entrySet().stream().anyMatch(part -> part.getValue().needsRestartFor(of(part.getKey(), next)));
    }

    boolean wouldEndWith(Map<String, GatehouseProperties> next) {
        return parts().entrySet().stream().anyMatch(part -> part.getValue().wouldEndWith(of(part.getKey(), next)));
    }

    void take(Map<String, GatehouseProperties> next) {
        parts().forEach((id, part) -> part.take(of(id, next)));
    }

    /** There is one for each: other sites would be another configuration, which takes a restart. */
    private static GatehouseProperties of(String id, Map<String, GatehouseProperties> next) {
        return Objects.requireNonNull(next.get(id));
    }

    private Map<String, LiveParts> parts() {
        Map<String, LiveParts> parts = new HashMap<>(others.get());
        parts.put(MAIN, main);
        return parts;
    }
}
