package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.Pseudonyms;
import io.gatehouse.gateway.session.Sessions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Names those who share a limit, in a way that tells nobody who they are. */
final class RequestSender {

    private static final String BEARER = "Bearer ";

    /** What one household or one machine gets: within it every address is theirs. */
    private static final int PREFIX_BYTES = 8;

    private final Pseudonyms pseudonyms;
    private final ClientAddresses addresses;

    RequestSender(Pseudonyms pseudonyms, ClientAddresses addresses) {
        this.pseudonyms = pseudonyms;
        this.addresses = addresses;
    }

    /** The name on this route of whoever sent a request that has been let through. */
    String name(ServerWebExchange exchange, GatewayRoute route) {
        return switch (route.settings().rateLimit().by()) {
            case SESSION -> known(exchange, route);
            case ADDRESS -> address(exchange, route);
            case ROUTE -> pseudonyms.of(route.id());
        };
    }

    private String known(ServerWebExchange exchange, GatewayRoute route) {
        String sent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (route.bearer().isAccepting() && isToken(sent)) {
            return pseudonyms.of(route.id(), "token", String.valueOf(sent));
        }
        return Sessions.known(exchange)
                .map(session ->
                        pseudonyms.of(route.id(), "session", session.id().value()))
                .orElseGet(() -> address(exchange, route));
    }

    private static boolean isToken(@Nullable String sent) {
        return sent != null && sent.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private String address(ServerWebExchange exchange, GatewayRoute route) {
        return pseudonyms.of(route.id(), "address", text(addresses.of(exchange.getRequest())));
    }

    static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
    }
}
