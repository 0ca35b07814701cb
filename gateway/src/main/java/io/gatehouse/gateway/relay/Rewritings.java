package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.edge.Preflight;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.HeaderNames;
import io.gatehouse.gateway.route.RequestRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Changes requests as their {@linkplain RequestRule routes} say, and tells each upstream where a request comes from and
 * what was asked for: {@code Forwarded} (RFC 7239) and the older {@code X-Forwarded-*}, which say the same. What the
 * browser or a proxy has sent in them is gone by then; one address is named, that of the client, so that nobody has to
 * know how many proxies there are.
 */
final class Rewritings {

    private final ClientAddresses addresses;
    private final URI publicUrl;

    Rewritings(ClientAddresses addresses, PublicUrl publicUrl) {
        this.addresses = addresses;
        this.publicUrl = URI.create(publicUrl.origin());
    }

    /** What becomes of a request. */
    Rewriting of(ServerWebExchange exchange) {
        GatewayRoute route = GatewayRoute.of(exchange);
        RequestRule rule = route.settings().request();
        ServerHttpRequest request = exchange.getRequest();
        String host = host(request, route);
        InetAddress client = addresses.of(request);
        Credentials forwarded = headers -> setForwarded(headers, client, host, rule.stripPrefix());
        // What a route adds may be a credential, and a preflight has none.
        Credentials configured =
                Preflight.isOne(request) ? headers -> remove(rule, headers) : headers -> apply(rule, headers);
        return new Rewriting(
                uri(request.getURI(), rule), forwarded.and(configured).and(addressed(exchange, rule, host)));
    }

    private static Credentials addressed(ServerWebExchange exchange, RequestRule rule, String asked) {
        if (rule.takesUpstreamHost()) {
            return Credentials.NONE;
        }
        exchange.getAttributes().put(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE, true);
        String host = rule.keepsHost() ? asked : rule.host();
        return headers -> headers.set(HttpHeaders.HOST, host);
    }

    private void setForwarded(HttpHeaders headers, InetAddress client, String host, String prefix) {
        String scheme = publicUrl.getScheme();
        String address = client.getHostAddress();
        String node = client instanceof Inet6Address ? "\"[" + address + "]\"" : address;
        headers.set("Forwarded", "for=%s;host=\"%s\";proto=%s".formatted(node, host, scheme));
        headers.set("X-Forwarded-For", address);
        headers.set("X-Forwarded-Host", host);
        headers.set("X-Forwarded-Proto", scheme);
        if (!prefix.isEmpty()) {
            headers.set("X-Forwarded-Prefix", prefix);
        }
    }

    private static void remove(RequestRule rule, HttpHeaders headers) {
        rule.removeHeaders().forEach(name -> remove(HeaderNames.canonical(name), headers));
        rule.setHeaders().forEach(header -> remove(HeaderNames.canonical(header.name()), headers));
    }

    private static void apply(RequestRule rule, HttpHeaders headers) {
        remove(rule, headers);
        rule.setHeaders().forEach(header -> headers.set(header.name(), header.value()));
    }

    private static void remove(String canonical, HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(sent -> HeaderNames.canonical(sent).equals(canonical))
                .toList()
                .forEach(headers::remove);
    }

    private static URI uri(URI asked, RequestRule rule) {
        String path = rule.rewritten(asked.getRawPath());
        return path.equals(asked.getRawPath())
                ? asked
                : UriComponentsBuilder.fromUri(asked)
                        .replacePath(path)
                        .build(true)
                        .toUri();
    }

    /** What a browser sends as host counts only where a route has been chosen by it. */
    private String host(ServerHttpRequest request, GatewayRoute route) {
        @Nullable String sent = request.getHeaders().getFirst(HttpHeaders.HOST);
        return sent == null || route.settings().host().isEmpty() ? publicUrl.getAuthority() : sent;
    }
}
