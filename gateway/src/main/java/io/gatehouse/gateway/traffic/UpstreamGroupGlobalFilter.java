package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.route.GatewayRoute;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Spreads the requests and WebSockets of a route over the addresses of its upstream, in turn. An address that cannot be
 * reached is set aside for {@linkplain UpstreamMember#ASIDE a while}, and the request goes to the next one at once: of
 * whatever method it is, because nothing of it has been sent. Each address is tried once; then the last failure counts.
 *
 * <p>Steps aside on routes with one address.
 */
@Order(FilterOrder.UPSTREAM_GROUP)
final class UpstreamGroupGlobalFilter implements GlobalFilter {

    private final Derived<GatewayRoute, UpstreamGroup> groups;

    UpstreamGroupGlobalFilter(Clock clock) {
        this.groups = new Derived<>(route -> new UpstreamGroup(route.settings(), clock));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        GatewayRoute route = GatewayRoute.of(exchange);
        return route.settings().upstream().size() > 1
                ? Mono.defer(() -> new Search(exchange, chain, groups.of(route)).begin())
                : chain.filter(exchange);
    }

    /** That of one request for an address that can be reached. */
    private record Search(ServerWebExchange exchange, GatewayFilterChain chain, UpstreamGroup group) {

        Mono<Void> begin() {
            Set<UpstreamMember> none = Set.of();
            return send(group.next(none).orElseThrow(), none);
        }

        private Mono<Void> send(UpstreamMember member, Set<UpstreamMember> tried) {
            UnsentRequest request = new UnsentRequest(exchange.getRequest(), () -> group.takeBack(member));
            exchange.getAttributes()
                    .computeIfPresent(
                            ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                            (name, url) -> addressed((URI) url, member.address()));
            return chain.filter(exchange.mutate().request(request).build())
                    .onErrorResume(request::isUnsent, failure -> sendElsewhere(member, tried, failure));
        }

        private static URI addressed(URI url, URI upstream) {
            return UriComponentsBuilder.fromUri(url)
                    .host(upstream.getHost())
                    .port(upstream.getPort())
                    .build(true)
                    .toUri();
        }

        private Mono<Void> sendElsewhere(UpstreamMember member, Set<UpstreamMember> tried, Throwable failure) {
            group.setAside(member, failure);
            ServerWebExchangeUtils.reset(exchange);
            Set<UpstreamMember> triedNow =
                    Stream.concat(tried.stream(), Stream.of(member)).collect(Collectors.toUnmodifiableSet());
            return group.next(triedNow).map(next -> send(next, triedNow)).orElseGet(() -> Mono.error(failure));
        }
    }
}
