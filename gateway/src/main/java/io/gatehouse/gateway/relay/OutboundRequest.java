package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CorrelationId;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/** A copy of the browser's request as the upstream gets it. The request that came in is not altered. */
final class OutboundRequest extends ServerHttpRequestDecorator {

    private final HttpHeaders headers;

    private OutboundRequest(ServerHttpRequest inbound, HttpHeaders headers) {
        super(inbound);
        this.headers = headers;
    }

    static OutboundRequest of(ServerWebExchange exchange, RelayedCookies cookies, Credentials credentials) {
        ServerHttpRequest inbound = exchange.getRequest();
        HttpHeaders headers = new HttpHeaders();
        // First what the browser listed for removal: afterwards it could remove what we set (RFC 9110, section 7.6.1).
        List<String> hopByHop = inbound.getHeaders().getConnection();
        inbound.getHeaders().forEach((name, values) -> {
            if (!ReservedHeaders.contains(name) && hopByHop.stream().noneMatch(name::equalsIgnoreCase)) {
                headers.put(name, values);
            }
        });
        keepUpgrade(inbound.getHeaders(), headers);
        cookies.filter(headers);
        headers.set(CorrelationId.HEADER, CorrelationId.of(exchange));
        credentials.addTo(headers);
        return new OutboundRequest(inbound, headers);
    }

    private static void keepUpgrade(HttpHeaders inbound, HttpHeaders headers) {
        headers.remove(HttpHeaders.CONNECTION);
        String upgrade = inbound.getUpgrade();
        if ("websocket".equalsIgnoreCase(upgrade)) {
            headers.set(HttpHeaders.CONNECTION, "Upgrade");
            headers.set(HttpHeaders.UPGRADE, upgrade);
        }
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }
}
