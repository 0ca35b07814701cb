package io.gatehouse.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.web.server.ServerWebExchange;

/** The address a request comes from. */
public final class ClientAddress {

    private ClientAddress() {}

    /** That of the peer. */
    public static InetAddress of(ServerWebExchange exchange) {
        InetSocketAddress peer = exchange.getRequest().getRemoteAddress();
        InetAddress address = peer == null ? null : peer.getAddress();
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }
}
