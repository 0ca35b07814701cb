package io.gatehouse.gateway.route;

import java.net.URI;
import java.util.Set;

/** The rule for the address of an upstream: scheme, host and port. Everything else comes from the request. */
public final class UpstreamUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> NO_PATH = Set.of("", "/");

    private UpstreamUrl() {}

    /** Whether it is reached over TLS. */
    static boolean isSecure(URI upstream) {
        return "https".equals(upstream.getScheme());
    }

    /** Whether an address is http or https with a host, perhaps a port, and nothing else. */
    public static boolean isPlain(URI upstream) {
        return upstream.getHost() != null
                && SCHEMES.contains(upstream.getScheme())
                && NO_PATH.contains(upstream.getRawPath())
                && upstream.getRawQuery() == null
                && upstream.getRawFragment() == null
                && upstream.getRawUserInfo() == null;
    }
}
