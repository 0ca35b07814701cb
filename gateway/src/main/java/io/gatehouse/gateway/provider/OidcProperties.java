package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.live.Secret;
import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Any other OpenID provider, in place of Logto.
 *
 * @param issuer the issuer identifier, exactly as the provider's metadata states it
 * @param clientId the client identifier
 * @param clientSecret the client secret
 * @param machineClientId the client that this gateway is where it acts for nobody, on routes with
 *     {@code relay.token=app}. Absent: the client above
 * @param machineClientSecret that client's secret
 */
public record OidcProperties(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        @Nullable String machineClientId,
        @Nullable Secret machineClientSecret) {

    @AssertTrue(
            message = "issuer: must be http or https with a host, without query, fragment or user, such as"
                    + " https://idp.example.com")
    boolean isIssuerPlain() {
        return issuer == null || ProviderUrl.isPlain(issuer);
    }

    /** Whether any of it is configured; then all of it has to be. */
    public boolean isGiven() {
        return Stream.of(issuer, clientId, clientSecret, machineClientId, machineClientSecret)
                .anyMatch(OidcProperties::isPresent);
    }

    @AssertTrue(message = "issuer: is required")
    boolean isIssuerGiven() {
        return !isGiven() || isPresent(issuer);
    }

    @AssertTrue(message = "client-id: is required")
    boolean isClientIdGiven() {
        return !isGiven() || isPresent(clientId);
    }

    @AssertTrue(message = "client-secret: is required")
    boolean isClientSecretGiven() {
        return !isGiven() || isPresent(clientSecret);
    }

    @AssertTrue(message = "machine-client-id: and machine-client-secret have to be given both or neither")
    boolean isMachineComplete() {
        return isPresent(machineClientId) == isPresent(machineClientSecret);
    }

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !value.toString().isBlank();
    }

    @Override
    public String toString() {
        return "issuer=" + issuer + ", client-id=" + clientId;
    }
}
