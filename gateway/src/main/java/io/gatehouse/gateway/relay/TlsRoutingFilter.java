package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.UpstreamProtocol;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/**
 * Sends requests on to upstreams whose routes say what is special about {@linkplain UpstreamTls their TLS}, or that
 * they speak HTTP/2. Steps aside on all others.
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
        GatewayRoute route = GatewayRoute.of(exchange);
        boolean isHttp2 = route.settings().protocol() != UpstreamProtocol.HTTP1;
        return isHttp2 || tls.isSpecial(route) ? super.filter(exchange, chain) : chain.filter(exchange);
    }

    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        GatewayRoute settings = GatewayRoute.of(exchange);
        HttpClient client = super.getHttpClient(route, exchange)
                .protocol(protocol(settings.settings().protocol()));
        return tls.secure(client, settings);
    }

    private static HttpProtocol protocol(UpstreamProtocol protocol) {
        return switch (protocol) {
            case HTTP1 -> HttpProtocol.HTTP11;
            case H2C -> HttpProtocol.H2C;
            case H2 -> HttpProtocol.H2;
        };
    }
}
