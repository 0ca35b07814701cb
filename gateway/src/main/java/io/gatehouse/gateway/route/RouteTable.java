package io.gatehouse.gateway.route;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The configured routes in their order, as Spring Cloud Gateway takes them. */
public final class RouteTable implements RouteLocator {

    /** Nothing is sent there: a route without upstream is not served here. */
    private static final URI ELSEWHERE = URI.create("elsewhere:/");

    private final List<RouteProperties> configured;
    private final List<Route> compiled;

    /** The routes in the order in which they are tried. */
    public RouteTable(List<RouteProperties> configured) {
        this.configured = configured;
        this.compiled = configured.stream().map(this::compile).toList();
    }

    @Override
    public Flux<Route> getRoutes() {
        return Flux.fromIterable(compiled);
    }

    /** The route that takes a request. Empty if none does. */
    public Mono<Route> taking(ServerWebExchange exchange) {
        return Flux.fromIterable(compiled)
                .filterWhen(route -> route.getPredicate().apply(exchange))
                .next();
    }

    /** Every API resource any route needs a token for: a sign-in has to ask for all of them. */
    public Set<String> resources() {
        Set<String> resources = new TreeSet<>();
        configured.forEach(route -> resources.addAll(route.relay().askedResources()));
        return resources;
    }

    /** Every scope any route needs of the people who sign in. */
    public Set<String> scopes() {
        Set<String> scopes = new TreeSet<>();
        configured.stream()
                .map(RouteProperties::relay)
                .filter(relay -> !relay.isOwnToken())
                .forEach(relay -> scopes.addAll(relay.scopes()));
        return scopes;
    }

    /** Every scope without which Logto would not say what some rule looks at. */
    public Set<String> logtoScopes() {
        return configured.stream()
                .flatMap(route -> route.policy().conditions())
                .flatMap(condition -> condition.scope().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether some rule asks when somebody has given their credentials. */
    public boolean needsSignInTime() {
        return configured.stream()
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
        return configured.stream()
                .filter(route -> new RequestPattern(route).fits(method, container, host))
                .findFirst();
    }

    /** How people sign in whose sign-in does not do for the route of this name. Empty if there is none. */
    public Optional<SignInRule> signInOf(String id) {
        return configured.stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .map(RouteProperties::stepUp);
    }

    private Optional<RouteProperties> firstFor(PathContainer path) {
        return configured.stream()
                .filter(route -> new RequestPattern(route).fitsPath(path))
                .findFirst();
    }

    private Route compile(RouteProperties route) {
        String id = route.id();
        RequestPattern pattern = new RequestPattern(route);
        return Route.async()
                .id(id)
                .uri(Objects.requireNonNullElse(route.upstream(), ELSEWHERE))
                .order(configured.indexOf(route))
                .asyncPredicate(exchange -> Mono.just(pattern.fits(exchange.getRequest())))
                .metadata(GatewayRoute.METADATA, GatewayRoute.of(route))
                .metadata(
                        RouteMetadataUtils.CONNECT_TIMEOUT_ATTR,
                        Math.toIntExact(route.timeouts().connect().toMillis()))
                .build();
    }
}
