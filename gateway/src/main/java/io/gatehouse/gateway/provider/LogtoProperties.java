package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.live.Secret;
import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Logto application this gateway is: a "Traditional web" application.
 *
 * @param endpoint the Logto endpoint without {@code /oidc}, such as {@code https://tenant.logto.app}
 * @param appId the application's id
 * @param appSecret the application's secret
 * @param machineAppId the id of a "Machine-to-machine" application, which is this gateway where it acts for nobody;
 *     needed for routes with {@code relay.token=app}
 * @param machineAppSecret that application's secret
 * @param webhookSigningKeys the signing key of the webhook at Logto that calls
 *     {@code <public-url><base-path>/webhooks/logto}; two, separated by a comma, while it is being replaced. Without
 *     one there is no such endpoint
 */
public record LogtoProperties(
        @Nullable URI endpoint,
        @Nullable String appId,
        @Nullable Secret appSecret,
        @Nullable String machineAppId,
        @Nullable Secret machineAppSecret,
        @DefaultValue List<String> webhookSigningKeys) {

    /** Logto's own have 32 characters. */
    private static final int SHORTEST_SIGNING_KEY = 16;

    public LogtoProperties {
        webhookSigningKeys = List.copyOf(webhookSigningKeys);
    }

    @AssertTrue(
            message = "endpoint: must be http or https with a host, without query, fragment or user, such as"
                    + " https://tenant.logto.app")
    boolean isEndpointPlain() {
        return endpoint == null || ProviderUrl.isPlain(endpoint);
    }

    @AssertTrue(message = "endpoint: must be the address of Logto without /oidc, such as https://tenant.logto.app")
    boolean isEndpointWithoutOidc() {
        return endpoint == null || !(endpoint.getRawPath() + "/").contains("/oidc/");
    }

    /** Whether any of it is configured; then all of it has to be. */
    public boolean isGiven() {
        return Stream.of(endpoint, appId, appSecret, machineAppId, machineAppSecret)
                        .anyMatch(LogtoProperties::isPresent)
                || !webhookSigningKeys.isEmpty();
    }

    @AssertTrue(message = "endpoint: is required")
    boolean isEndpointGiven() {
        return !isGiven() || isPresent(endpoint);
    }

    @AssertTrue(message = "app-id: is required")
    boolean isAppIdGiven() {
        return !isGiven() || isPresent(appId);
    }

    @AssertTrue(message = "app-secret: is required")
    boolean isAppSecretGiven() {
        return !isGiven() || isPresent(appSecret);
    }

    @AssertTrue(message = "machine-app-id: and machine-app-secret have to be given both or neither")
    boolean isMachineComplete() {
        return isPresent(machineAppId) == isPresent(machineAppSecret);
    }

    /** Whether there is an application that acts for nobody. */
    public boolean isMachineGiven() {
        return isPresent(machineAppId) && isPresent(machineAppSecret);
    }

    @AssertTrue(message = "webhook-signing-keys: each must have at least 16 characters, as Logto's own have")
    boolean isWebhookSigningKeysLong() {
        return webhookSigningKeys.stream().allMatch(key -> key.length() >= SHORTEST_SIGNING_KEY);
    }

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !value.toString().isBlank();
    }

    @Override
    public String toString() {
        return "endpoint=" + endpoint + ", app-id=" + appId;
    }
}
