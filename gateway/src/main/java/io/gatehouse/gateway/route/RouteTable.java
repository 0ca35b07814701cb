package io.gatehouse.gateway.route;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The configured routes in their order, as Spring Cloud Gateway takes them. They may be replaced while the gateway
 * runs; a request goes on with those it has begun with.
 */
public final class RouteTable implements RouteLocator {

    /** Nothing is sent there: a route without upstream is not served here. */
    private static final URI ELSEWHERE = URI.create("elsewhere:/");

    private volatile Compiled current;

    /** What belongs together. */
    private record Compiled(ConfiguredRoutes configured, List<Route> routes) {}

    /** The routes in the order in which they are tried. */
    public RouteTable(List<RouteProperties> configured) {
        this.current = compile(configured, List.of());
    }

    /**
     * Other routes are in force from now on, for what is asked here. Spring Cloud Gateway keeps its own list, and asks
     * for it again at a {@link org.springframework.cloud.gateway.event.RefreshRoutesEvent}. A route that stays the same
     * keeps its identity, and so whatever is known of its upstream.
     */
    public void replaceWith(List<RouteProperties> configured) {
        current = compile(configured, current.routes());
    }

    public boolean isServingAny() {
        return !configured().isEmpty();
    }

    @Override
    public Flux<Route> getRoutes() {
        return Flux.defer(() -> Flux.fromIterable(current.routes()));
    }

    /** The routes among which the one of this request was found; those in force if Spring's own properties name it. */
    public ConfiguredRoutes configuredFor(ServerWebExchange exchange) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route != null && route.getMetadata().get(ConfiguredRoutes.METADATA) instanceof ConfiguredRoutes its
                ? its
                : current.configured();
    }

    /** The route that takes a request. Empty if none does. */
    public Mono<Route> taking(ServerWebExchange exchange) {
        return getRoutes()
                .filterWhen(route -> route.getPredicate().apply(exchange))
                .next();
    }

    /** Every API resource any route needs a token for: a sign-in has to ask for all of them. */
    public Set<String> resources() {
        Set<String> resources = new TreeSet<>();
        configured().forEach(route -> resources.addAll(route.relay().askedResources()));
        return resources;
    }

    /** Every scope any route needs of the people who sign in. */
    public Set<String> scopes() {
        Set<String> scopes = new TreeSet<>();
        configured().stream()
                .map(RouteProperties::relay)
                .filter(relay -> !relay.isOwnToken())
                .forEach(relay -> scopes.addAll(relay.scopes()));
        return scopes;
    }

    /** Every scope without which Logto would not say what some rule looks at. */
    public Set<String> logtoScopes() {
        return configured().stream()
                .flatMap(route -> route.policy().conditions())
                .flatMap(condition -> condition.scope().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every header in which any route tells its upstream something. */
    public Set<String> toldHeaders() {
        return configured().stream()
                .flatMap(route -> route.relay().headerNames())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether some rule asks when somebody has given their credentials. */
    public boolean needsSignInTime() {
        return configured().stream()
                .anyMatch(route -> route.policy().mostRecentSignIn().isPresent());
    }

    /** Whether people who are not signed in may see a page, so that a sign-out can lead there. */
    public boolean isOpen(String path) {
        return firstFor(PathContainer.parsePath(path))
                .filter(route -> route.access() != Access.AUTHENTICATED)
                .isPresent();
    }

    /**
     * How people sign in who are on their way to a page.
     *
     * @param path without query
     * @param host the value of {@code Host}; null if there is none
     */
    public SignInRule signInTo(String path, @Nullable String host) {
        return find("GET", path, host).map(RouteProperties::signIn).orElse(SignInRule.ANY);
    }

    /**
     * The route that takes a request. Empty if none does.
     *
     * @param path without query
     * @param host the value of {@code Host}; null if there is none
     */
    public Optional<RouteProperties> find(String method, String path, @Nullable String host) {
        PathContainer container = PathContainer.parsePath(path);
        return configured().stream()
                .filter(route -> new RequestPattern(route).fits(method, container, host))
                .findFirst();
    }

    /** The route of the request that a browser asks about in a preflight. Empty if there is none. */
    public Optional<Route> askedAbout(ServerHttpRequest preflight) {
        HttpHeaders headers = preflight.getHeaders();
        String method = String.valueOf(headers.getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD));
        PathContainer path = preflight.getPath().pathWithinApplication();
        String host = headers.getFirst(HttpHeaders.HOST);
        return current.routes().stream()
                .filter(route -> new RequestPattern(GatewayRoute.of(route).settings()).fits(method, path, host))
                .findFirst();
    }

    /** How people sign in whose sign-in does not do for the route of this name. Empty if there is none. */
    public Optional<SignInRule> signInOf(String id) {
        return configured().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .map(RouteProperties::stepUp);
    }

    private Optional<RouteProperties> firstFor(PathContainer path) {
        return configured().stream()
                .filter(route -> new RequestPattern(route).fitsPath(path))
                .findFirst();
    }

    private List<RouteProperties> configured() {
        return current.configured().all();
    }

    private static Compiled compile(List<RouteProperties> routes, List<Route> before) {
        ConfiguredRoutes configured = new ConfiguredRoutes(routes);
        Map<RouteProperties, GatewayRoute> known = before.stream()
                .map(GatewayRoute::of)
                .collect(Collectors.toMap(GatewayRoute::settings, Function.identity(), (one, same) -> one));
        return new Compiled(
                configured,
                routes.stream()
                        .map(route -> compile(known.getOrDefault(route, GatewayRoute.of(route)), configured))
                        .toList());
    }

    private static Route compile(GatewayRoute ours, ConfiguredRoutes configured) {
        RouteProperties route = ours.settings();
        String id = route.id();
        RequestPattern pattern = new RequestPattern(route);
        return Route.async()
                .id(id)
                .uri(route.isElsewhere() ? ELSEWHERE : route.upstream().getFirst())
                .order(configured.all().indexOf(route))
                .asyncPredicate(exchange -> Mono.just(pattern.fits(exchange.getRequest())))
                .metadata(GatewayRoute.METADATA, ours)
                .metadata(ConfiguredRoutes.METADATA, configured)
                .metadata(
                        RouteMetadataUtils.CONNECT_TIMEOUT_ATTR,
                        Math.toIntExact(route.timeouts().connect().toMillis()))
                .build();
    }
}
