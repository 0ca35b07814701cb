package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.GatewayRoute;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Sends requests on to upstreams whose routes say what is special about {@linkplain UpstreamTls their TLS}. Steps aside
 * on all others.
 */
final class TlsRoutingFilter extends NettyRoutingFilter {

    private final UpstreamTls tls;

    TlsRoutingFilter(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties,
            UpstreamTls tls) {
        super(client, headersFilters, properties);
        this.tls = tls;
    }

    @Override
    public int getOrder() {
        return FilterOrder.TLS;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return tls.isSpecial(GatewayRoute.of(exchange)) ? super.filter(exchange, chain) : chain.filter(exchange);
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        return tls.secure(super.getHttpClient(route, exchange), GatewayRoute.of(exchange));
    }
}
