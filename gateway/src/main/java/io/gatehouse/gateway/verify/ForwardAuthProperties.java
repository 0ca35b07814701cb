package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.network.Network;
import jakarta.validation.constraints.AssertTrue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Another proxy that asks at {@code /auth/verify} whether a request may pass, and sends it on itself.
 *
 * @param peers addresses from which it asks, such as {@code 10.0.0.0/8}; for everybody else there is no such endpoint.
 *     Empty: for nobody
 * @param proxy which one it is, and so where it says what was asked for: {@code nginx}, {@code traefik}, {@code caddy}
 *     or {@code envoy}
 */
public record ForwardAuthProperties(
        @DefaultValue Set<Network> peers, @Nullable ForwardingProxy proxy) {

    public ForwardAuthProperties {
        peers = Set.copyOf(peers);
    }

    /** Whether there is somebody who may ask. */
    public boolean isUsed() {
        return !peers.isEmpty();
    }

    @AssertTrue(
            message = "proxy: is required with forward-auth.peers, because each says in other headers what was asked"
                    + " for, and a browser can set those of the others")
    boolean isProxyNamed() {
        return peers.isEmpty() || proxy != null;
    }
}
