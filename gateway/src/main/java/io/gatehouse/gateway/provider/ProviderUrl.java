package io.gatehouse.gateway.provider;

import java.net.URI;
import java.util.Set;

/** The rule for the address of an IdP: http or https, a host, perhaps a path, and nothing else. */
final class ProviderUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ProviderUrl() {}

    static boolean isPlain(URI address) {
        return address.getHost() != null
                && SCHEMES.contains(address.getScheme())
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
    }
}
