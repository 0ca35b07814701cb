package io.gatehouse.gateway.provider;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Any other OpenID provider, in place of Logto.
 *
 * @param issuer the issuer identifier, exactly as the provider's metadata states it
 * @param clientId the client identifier
 * @param clientSecret the client secret
 */
public record OidcProperties(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable String clientSecret) {

    @Override
    public String toString() {
        return "issuer=" + issuer + ", client-id=" + clientId;
    }
}
