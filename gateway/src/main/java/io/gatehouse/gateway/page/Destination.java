package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.ReturnTo;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a person was on their way to, for requests whose own address does not say, such as an authorization response.
 */
public final class Destination {

    private static final String ATTRIBUTE = Destination.class.getName();

    private Destination() {}

    /** Lets a page about a problem lead on to there. */
    public static void set(ServerWebExchange exchange, ReturnTo target) {
        exchange.getAttributes().put(ATTRIBUTE, target);
    }

    static ReturnTo of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, ReturnTo.HOME);
    }
}
