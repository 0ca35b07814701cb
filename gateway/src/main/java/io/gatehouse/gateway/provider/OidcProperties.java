package io.gatehouse.gateway.provider;

import jakarta.validation.constraints.AssertTrue;
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

    @AssertTrue(
            message = "issuer: must be http or https with a host, without query, fragment or user, such as"
                    + " https://idp.example.com")
    boolean isIssuerPlain() {
        return issuer == null || ProviderUrl.isPlain(issuer);
    }

    @Override
    public String toString() {
        return "issuer=" + issuer + ", client-id=" + clientId;
    }
}
