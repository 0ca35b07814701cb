package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.network.Network;
import java.net.InetAddress;
import java.util.Set;

/**
 * The proxies in front of this gateway whose word about where a request comes from is taken.
 *
 * @param networks their addresses; empty: nobody's word is taken
 */
public record TrustedProxies(Set<Network> networks) {

    public TrustedProxies {
        networks = Set.copyOf(networks);
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
