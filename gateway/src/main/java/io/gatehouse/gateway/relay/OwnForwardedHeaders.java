package io.gatehouse.gateway.relay;

import java.util.List;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Puts back what {@link Rewritings} says about where a request comes from: Spring Cloud Gateway removes headers of
 * these names from every request, because it takes them for the browser's. Those are gone long before.
 */
final class OwnForwardedHeaders implements HttpHeadersFilter, Ordered {

    private static final List<String> NAMES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix");

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = HttpHeaders.copyOf(input);
        HttpHeaders outbound = exchange.getRequest().getHeaders();
        NAMES.stream().filter(outbound::containsHeader).forEach(name -> headers.put(name, outbound.getOrEmpty(name)));
        return headers;
    }

    /** After those that remove them. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
