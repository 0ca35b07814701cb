package io.gatehouse.gateway.route;

import java.util.Optional;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * What this gateway does for a route before anything reaches its upstream.
 *
 * @param id the route's name
 * @param csrf whether requests that another site causes are refused
 * @param securityHeaders whether answers get security headers of ours
 */
public record GatewayRoute(
        String id,
        Access access,
        BearerRule bearer,
        boolean csrf,
        boolean securityHeaders,
        RelayRule relay,
        SignInRule signIn) {

    static final String METADATA = "gatehouse";

    /**
     * The route that takes this request. One that was not configured here, but with Spring's own properties, is
     * protected.
     */
    public static GatewayRoute of(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route.getMetadata().get(METADATA) instanceof GatewayRoute ours
                ? ours
                : new GatewayRoute(
                        route.getId(),
                        Access.AUTHENTICATED,
                        BearerRule.NONE,
                        true,
                        false,
                        RelayRule.NOTHING,
                        SignInRule.ANY);
    }

    /** The route that takes this request; empty if it is for an endpoint of the gateway's own. */
    public static Optional<GatewayRoute> find(ServerWebExchange exchange) {
        return exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) == null
                ? Optional.empty()
                : Optional.of(of(exchange));
    }

    static GatewayRoute of(RouteProperties configured) {
        return new GatewayRoute(
                configured.id(),
                configured.access(),
                configured.bearer(),
                configured.csrf(),
                configured.securityHeaders(),
                configured.relay(),
                configured.signIn());
    }
}
