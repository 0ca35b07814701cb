package io.gatehouse.gateway.route;

import java.util.List;

/**
 * The routes as configured.
 *
 * @param all in the order in which they are tried
 */
public record ConfiguredRoutes(List<RouteProperties> all) {

    public ConfiguredRoutes {
        all = List.copyOf(all);
    }
}
