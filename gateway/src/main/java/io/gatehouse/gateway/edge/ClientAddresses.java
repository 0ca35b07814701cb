package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.network.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where requests come from: the peer, unless it is a {@linkplain TrustedProxies trusted proxy}. Then it is what that
 * proxy has added to {@code X-Forwarded-For}, and so on from right to left until an address is none of ours to trust:
 * everything left of it anybody may have written.
 */
public final class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

    private final TrustedProxies trusted;

    public ClientAddresses(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** The address of whoever sent the request. What cannot be read ends the search at the one who passed it on. */
    public InetAddress of(ServerHttpRequest request) {
        InetAddress address = peer(request);
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(address); i--) {
            Optional<InetAddress> before = read(hops.get(i));
            if (before.isEmpty()) {
                return address;
            }
            address = before.get();
        }
        return address;
    }

    /** The address of whoever is connected to this gateway. */
    public InetAddress peer(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null ? UNKNOWN : remote.getAddress();
    }

    private static List<String> hops(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(FORWARDED_FOR).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Optional<InetAddress> read(String hop) {
        try {
            return Optional.of(Network.of(hop).base());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
