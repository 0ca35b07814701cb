package io.gatehouse.gateway.route;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * What this gateway does for a route before anything reaches its upstream.
 *
 * @param id the route's name
 * @param csrf whether requests that another site causes are refused
 */
public record GatewayRoute(String id, Access access, BearerRule bearer, boolean csrf, RelayRule relay) {

    static final String METADATA = "gatehouse";

    /**
     * The route that takes this request. One that was not configured here, but with Spring's own properties, is
     * protected.
     */
    public static GatewayRoute of(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route.getMetadata().get(METADATA) instanceof GatewayRoute ours
                ? ours
                : new GatewayRoute(route.getId(), Access.AUTHENTICATED, BearerRule.NONE, true, RelayRule.NOTHING);
    }
}
