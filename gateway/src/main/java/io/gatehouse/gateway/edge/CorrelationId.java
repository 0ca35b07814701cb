package io.gatehouse.gateway.edge;

import org.springframework.web.server.ServerWebExchange;

/** The id that ties together what the browser was shown, what was logged, and what the upstream saw of a request. */
public final class CorrelationId {

    /** Carries the id to the upstream, and to the browser on our own answers. */
    public static final String HEADER = "X-Correlation-Id";

    private static final String ATTRIBUTE = CorrelationId.class.getName();

    private CorrelationId() {}

    /** The id of this request: 16 lower-case hexadecimal digits. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, "-");
    }

    static void set(ServerWebExchange exchange, String id) {
        exchange.getAttributes().put(ATTRIBUTE, id);
    }
}
