package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.UserinfoChecks;
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

    private final Sessions sessions;
    private final BearerTokens bearerTokens;
    private final UserinfoChecks userinfoChecks;
    private final RelayedTokens tokens;
    private final RelayedIdentity identity;
    private final ReservedHeaders reserved;
    private final RelayedCookies cookies;
    private final Rewritings rewritings;
    private final RelayProperties properties;

    RelayGlobalFilter(
            Sessions sessions,
            BearerTokens bearerTokens,
            UserinfoChecks userinfoChecks,
            RelayedTokens tokens,
            RelayedIdentity identity,
            ReservedHeaders reserved,
            RelayedCookies cookies,
            Rewritings rewritings,
            RelayProperties properties) {
        this.sessions = sessions;
        this.bearerTokens = bearerTokens;
        this.userinfoChecks = userinfoChecks;
        this.tokens = tokens;
        this.identity = identity;
        this.reserved = reserved;
        this.cookies = cookies;
        this.rewritings = rewritings;
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        GatewayRoute route = GatewayRoute.of(exchange);
        hideOurCookies(exchange.getResponse());
        if (route.access() == Access.PUBLIC) {
            return tokens.ofNobody(route.relay()).flatMap(credentials -> send(exchange, chain, credentials));
        }
        if (BearerTokens.isSentWith(exchange)) {
            return bearerTokens
                    .current(exchange)
                    .doOnNext(bearer -> keepPrivate(exchange.getResponse()))
                    .flatMap(bearer -> credentials(exchange, bearer, route))
                    .flatMap(credentials -> send(exchange, chain, credentials));
        }
        return sessions.current(exchange)
                .doOnNext(session -> keepPrivate(exchange.getResponse()))
                .delayUntil(userinfoChecks::confirm)
                .flatMap(session -> credentials(exchange, session, route))
                .switchIfEmpty(Mono.defer(() -> tokens.ofNobody(route.relay())))
                .flatMap(credentials -> send(exchange, chain, credentials));
    }

    /** Never empty: where the route needs a token, there is one or there is a failure. */
    private Mono<Credentials> credentials(ServerWebExchange exchange, BrowserSession session, GatewayRoute route) {
        return tokens.of(exchange, session, route.relay())
                .map(relayed -> relayed.and(identity.of(relayed.session().identity(), exchange.getRequest(), route)));
    }

    private Mono<Credentials> credentials(ServerWebExchange exchange, BearerToken bearer, GatewayRoute route) {
        return tokens.of(bearer, route.relay())
                .map(token -> token.and(identity.of(bearer.identity(), exchange.getRequest(), route)));
    }

    private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, Credentials credentials) {
        OutboundRequest outbound =
                OutboundRequest.of(exchange, reserved, cookies, rewritings.of(exchange), credentials);
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

    private void keepPrivate(ServerHttpResponse response) {
        if (properties.noStore()) {
            response.beforeCommit(() -> Mono.fromRunnable(() -> setPrivate(response.getHeaders())));
        }
    }

    private static void setPrivate(HttpHeaders headers) {
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.setCacheControl(PRIVATE);
        }
    }
}
