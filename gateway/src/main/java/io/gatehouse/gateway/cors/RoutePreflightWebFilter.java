package io.gatehouse.gateway.cors;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.Preflight;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.route.CorsRule;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteTable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers preflights to routes that say which origins may call them, before anybody asks who is signed in: a preflight
 * has no cookie. Where a route leaves that to its upstream, the preflight goes there, with nothing of what could stand
 * for somebody.
 *
 * <p>The route is the one of the request that the browser asks about. Steps aside for whatever is no preflight, for
 * those to the gateway's own endpoints, and on routes that say nothing.
 */
@Order(FilterOrder.ROUTE_PREFLIGHT)
final class RoutePreflightWebFilter implements WebFilter {

    private static final Set<String> CREDENTIALS =
            Set.of(HttpHeaders.COOKIE, HttpHeaders.AUTHORIZATION, HttpHeaders.PROXY_AUTHORIZATION);

    private final RouteTable routes;
    private final BasePath basePath;
    private final OwnAnswers answers;
    private final FilteringWebHandler gateway;

    RoutePreflightWebFilter(RouteTable routes, BasePath basePath, OwnAnswers answers, FilteringWebHandler gateway) {
        this.routes = routes;
        this.basePath = basePath;
        this.answers = answers;
        this.gateway = gateway;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!Preflight.isOne(request) || basePath.covers(request.getPath().value())) {
            return chain.filter(exchange);
        }
        return routes.askedAbout(request)
                .map(route -> answer(exchange, chain, route))
                .orElseGet(() -> chain.filter(exchange));
    }

    private Mono<Void> answer(ServerWebExchange exchange, WebFilterChain chain, Route route) {
        CorsRule rule = GatewayRoute.of(route).settings().cors();
        if (rule.isUpstreams()) {
            exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, route);
            return gateway.handle(exchange.mutate().request(bare(exchange)).build());
        }
        if (rule.isOurs()) {
            @Nullable String origin = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ORIGIN);
            return answers.preflight(exchange, headers -> Permission.writePreflight(rule, origin, headers));
        }
        return chain.filter(exchange);
    }

    private static ServerHttpRequest bare(ServerWebExchange exchange) {
        return exchange.getRequest()
                .mutate()
                .headers(headers -> CREDENTIALS.forEach(headers::remove))
                .build();
    }
}
