package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.live.Secret;
import org.jspecify.annotations.Nullable;

/** As whom this gateway asks the IdP for tokens that are its own and not a person's. */
public record MachineAccount(String clientId, Secret clientSecret) {

    /**
     * The one that is configured, or else the one that signs people in. At Logto they are always two applications,
     * because each kind has its own grants; there a configuration that needs the second one has to name it.
     */
    public static MachineAccount of(LogtoProperties logto, OidcProperties oidc, ProviderAccount account) {
        return account.isLogto()
                ? of(logto.machineAppId(), logto.machineAppSecret(), account)
                : of(oidc.machineClientId(), oidc.machineClientSecret(), account);
    }

    private static MachineAccount of(@Nullable String id, @Nullable Secret secret, ProviderAccount account) {
        return id == null || secret == null
                ? new MachineAccount(account.clientId(), account.clientSecret())
                : new MachineAccount(id, secret);
    }

    @Override
    public String toString() {
        return "client-id=" + clientId;
    }
}
