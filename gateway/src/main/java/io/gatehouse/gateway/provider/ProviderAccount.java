package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.live.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who the IdP is and as whom this gateway talks to it.
 *
 * @param issuer the issuer identifier
 * @param isLogto whether Logto's own parameters and scopes may be used
 */
public record ProviderAccount(String issuer, String clientId, Secret clientSecret, boolean isLogto) {

    /** The one account that is configured. The configuration has been checked: exactly one of the two is complete. */
    public static ProviderAccount of(LogtoProperties logto, OidcProperties oidc) {
        if (logto.endpoint() == null) {
            return new ProviderAccount(
                    present(oidc.issuer()).toString(), present(oidc.clientId()), present(oidc.clientSecret()), false);
        }
        String issuer = present(logto.endpoint()).toString().replaceAll("/+$", "") + "/oidc";
        return new ProviderAccount(issuer, present(logto.appId()), present(logto.appSecret()), true);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no complete IdP account is configured");
        }
        return value;
    }

    @Override
    public String toString() {
        return "issuer=" + issuer + ", client-id=" + clientId;
    }
}
