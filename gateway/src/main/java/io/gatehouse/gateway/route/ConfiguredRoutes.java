package io.gatehouse.gateway.route;

import java.util.List;

/**
 * The routes as configured.
 *
 * @param all in the order in which they are tried
 */
public record ConfiguredRoutes(List<RouteProperties> all) {

    static final String METADATA = "gatehouse.routes";

    public ConfiguredRoutes {
        all = List.copyOf(all);
    }
}
