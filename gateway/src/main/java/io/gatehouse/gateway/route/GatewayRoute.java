package io.gatehouse.gateway.route;

import io.gatehouse.gateway.policy.Policy;
import java.util.Map;
import java.util.Optional;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * What this gateway does for a route before anything reaches its upstream.
 *
 * @param id the route's name
 * @param settings everything that is configured for it
 * @param policy the rules of it
 */
public record GatewayRoute(String id, RouteProperties settings, Policy policy) {

    static final String METADATA = "gatehouse";

    /** No rule means signed-in people only. Its path and upstream are Spring's business. */
    private static final RouteProperties DEFAULTS =
            RouteProperties.of(Map.of("path", "/**", "upstream", "http://localhost"));

    /** A route with these settings. */
    public static GatewayRoute of(RouteProperties configured) {
        return new GatewayRoute(configured.id(), configured, configured.policy());
    }

    /**
     * The route that takes this request. One that was not configured here, but with Spring's own properties, is
     * protected.
     */
    public static GatewayRoute of(ServerWebExchange exchange) {
        return of(exchange.<Route>getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
    }

    /** The same for a route that takes no request yet. */
    public static GatewayRoute of(Route route) {
        return route.getMetadata().get(METADATA) instanceof GatewayRoute ours
                ? ours
                : new GatewayRoute(route.getId(), DEFAULTS, DEFAULTS.policy());
    }

    /** The route that takes this request; empty if it is for an endpoint of the gateway's own. */
    public static Optional<GatewayRoute> find(ServerWebExchange exchange) {
        return exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) == null
                ? Optional.empty()
                : Optional.of(of(exchange));
    }

    public Access access() {
        return settings.access();
    }

    public BearerRule bearer() {
        return settings.bearer();
    }

    /** Whether requests that another site causes are refused. */
    public boolean csrf() {
        return settings.csrf();
    }

    /** Whether answers get security headers of ours. */
    public boolean securityHeaders() {
        return settings.securityHeaders();
    }

    public RelayRule relay() {
        return settings.relay();
    }

    public SignInRule signIn() {
        return settings.signIn();
    }

    /** How people sign in whose sign-in is too old for what they want to do. */
    public SignInRule stepUp() {
        return settings.stepUp();
    }
}
