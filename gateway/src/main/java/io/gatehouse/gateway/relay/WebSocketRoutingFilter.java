package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.route.GatewayRoute;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends the handshake of a WebSocket to the upstream like any other request, with everything the browser has asked for.
 * An answer is an answer; only where the upstream switches protocols, the browser is told so as well, and what either
 * of them sends from then on is relayed until one closes its connection or the session ends.
 *
 * <p>Steps aside for everything that is no handshake (RFC 6455, section 4.2.1).
 */
final class WebSocketRoutingFilter extends NettyRoutingFilter {

    private static final String WEBSOCKET = "websocket";

    private final SessionEnd sessionEnd;
    private final SecureRandom random;
    private final UpstreamTls tls;

    WebSocketRoutingFilter(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties,
            SessionEnd sessionEnd,
            SecureRandom random,
            UpstreamTls tls) {
        super(client, headersFilters, properties);
        this.sessionEnd = sessionEnd;
        this.random = random;
        this.tls = tls;
    }

    @Override
    public int getOrder() {
        return FilterOrder.WEBSOCKET;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        exchange.getAttributes()
                .computeIfPresent(
                        ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, (name, url) -> httpAddress((URI) url));
        return isHandshake(exchange.getRequest())
                ? super.filter(exchange, chain).then(Mono.defer(() -> openIfSwitched(exchange)))
                : chain.filter(exchange);
    }

    /** A route of Spring Cloud Gateway's own properties may name its upstream as {@code ws} or {@code wss}. */
    private static URI httpAddress(URI upstream) {
        return upstream.getScheme().startsWith("ws")
                ? URI.create(upstream.toString().replaceFirst("^ws", "http"))
                : upstream;
    }

    /** The firewall has seen to the rest. By HTTP/1.0 nothing can be switched (RFC 9110, section 7.8). */
    private static boolean isHandshake(ServerHttpRequest request) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
        return HttpMethod.GET.equals(request.getMethod())
                && WEBSOCKET.equalsIgnoreCase(request.getHeaders().getUpgrade())
                && HttpVersion.HTTP_1_1.equals(received.version());
    }

    /** A connection of HTTP/2 cannot be switched. */
    @Override
    protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
        return tls.secure(
                super.getHttpClient(route, exchange).protocol(HttpProtocol.HTTP11), GatewayRoute.of(exchange));
    }

    /** Spring Cloud Gateway's own, which take the upgrade out as a matter of each connection; and then ours. */
    @Override
    public List<HttpHeadersFilter> getHeadersFilters() {
        return Stream.concat(
                        Objects.requireNonNullElse(super.getHeadersFilters(), List.<HttpHeadersFilter>of()).stream(),
                        Stream.of((headers, exchange) -> asking(headers)))
                .toList();
    }

    private static HttpHeaders asking(HttpHeaders headers) {
        HttpHeaders asking = HttpHeaders.copyOf(headers);
        asking.setConnection("Upgrade");
        asking.setUpgrade(WEBSOCKET);
        return asking;
    }

    private Mono<Void> openIfSwitched(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        return HttpStatus.SWITCHING_PROTOCOLS.equals(response.getStatusCode())
                // Writes nothing, but has the last word said on the headers.
                ? response.setComplete().then(Mono.defer(() -> open(exchange)))
                : Mono.empty();
    }

    /** Completes when the browser's connection is closed. */
    private Mono<Void> open(ServerWebExchange exchange) {
        Connection upstream = exchange.getRequiredAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        Connection browser = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        byte[] end = SocketEnd.ofBrowser(random.nextInt());
        SocketSides.open(browser.channel(), answer(exchange.getResponse()), upstream.channel(), end);
        Mono<Void> ended = sessionEnd
                .of(exchange)
                .then(Mono.fromRunnable(() -> SocketSides.end(browser.channel(), upstream.channel())));
        return Mono.firstWithSignal(FutureMono.from(browser.channel().closeFuture()), ended.then(Mono.never()))
                .then(Mono.fromRunnable(() -> forget(exchange)));
    }

    private static HttpResponse answer(ServerHttpResponse response) {
        HttpServerResponse begun = ServerHttpResponseDecorator.getNativeResponse(response);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                Unpooled.EMPTY_BUFFER,
                begun.responseHeaders()
                        .copy()
                        .remove(HttpHeaderNames.TRANSFER_ENCODING)
                        .remove(HttpHeaderNames.CONTENT_LENGTH)
                        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET),
                EmptyHttpHeaders.INSTANCE);
    }

    /** There is no answer left to write. */
    private static void forget(ServerWebExchange exchange) {
        exchange.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
    }
}
