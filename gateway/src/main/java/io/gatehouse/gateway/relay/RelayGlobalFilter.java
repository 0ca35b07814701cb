package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.Preflight;
import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.ConfiguredRoutes;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.session.Sessions;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Hands a request on to its upstream: with the credentials its route prescribes, and with none of those the browser
 * sent.
 *
 * <p>The answer passes unchanged, but for {@code Cache-Control} where a signed-in person would get a page that says
 * nothing about caching. If a route needs a token and there is none to be had, its upstream is not called.
 */
@Order(FilterOrder.RELAY)
final class RelayGlobalFilter implements GlobalFilter {

    private static final String PRIVATE = "private, no-store";

    private final RequestCredentials credentials;
    private final RouteTable routes;
    private final Derived<ConfiguredRoutes, ReservedHeaders> reserved =
            new Derived<>(routes -> ReservedHeaders.of(routes.all()));
    private final RelayedCookies cookies;
    private final Rewritings rewritings;
    private final RelayProperties properties;

    RelayGlobalFilter(
            RequestCredentials credentials,
            RouteTable routes,
            RelayedCookies cookies,
            Rewritings rewritings,
            RelayProperties properties) {
        this.credentials = credentials;
        this.routes = routes;
        this.cookies = cookies;
        this.rewritings = rewritings;
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        hideOurCookies(exchange.getResponse());
        return known(exchange).doOnNext(known -> keepPrivate(exchange)).flatMap(known -> send(exchange, chain, known));
    }

    /** A preflight is sent for nobody. */
    private Mono<Credentials> known(ServerWebExchange exchange) {
        return Preflight.isOne(exchange.getRequest()) ? Mono.just(Credentials.NONE) : credentials.of(exchange);
    }

    private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, Credentials known) {
        OutboundRequest outbound = OutboundRequest.of(
                exchange, reserved.of(routes.configuredFor(exchange)), cookies, rewritings.of(exchange), known);
        HttpHeaders before = HttpHeaders.copyOf(exchange.getResponse().getHeaders());
        return chain.filter(exchange.mutate().request(outbound).build())
                .doOnError(failure -> forgetAnswer(exchange.getResponse(), before))
                .onErrorMap(UpstreamFailures::classify);
    }

    /** The upstream may have begun to answer before it failed; what stood there before, such as CORS headers, stays. */
    private static void forgetAnswer(ServerHttpResponse response, HttpHeaders before) {
        if (!response.isCommitted()) {
            response.getHeaders().clear();
            response.getHeaders().putAll(before);
        }
    }

    /** Nobody but this gateway sets the cookies by which it knows a browser. Our own are added after this. */
    private void hideOurCookies(ServerHttpResponse response) {
        response.beforeCommit(() -> Mono.fromRunnable(() -> cookies.filterResponse(response.getHeaders())));
    }

    private void keepPrivate(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        if (properties.noStore() && isForSomebody(exchange)) {
            response.beforeCommit(() -> Mono.fromRunnable(() -> setPrivate(response.getHeaders())));
        }
    }

    private static boolean isForSomebody(ServerWebExchange exchange) {
        return GatewayRoute.of(exchange).access() != Access.PUBLIC
                && (BearerTokens.isSentWith(exchange)
                        || Sessions.known(exchange).isPresent());
    }

    private static void setPrivate(HttpHeaders headers) {
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.setCacheControl(PRIVATE);
        }
    }
}
