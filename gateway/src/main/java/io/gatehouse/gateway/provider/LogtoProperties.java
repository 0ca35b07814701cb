package io.gatehouse.gateway.provider;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Logto application this gateway is: a "Traditional web" application.
 *
 * @param endpoint the Logto endpoint without {@code /oidc}, such as {@code https://tenant.logto.app}
 * @param appId the application's id
 * @param appSecret the application's secret
 */
public record LogtoProperties(
        @Nullable URI endpoint,
        @Nullable String appId,
        @Nullable String appSecret) {

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
        return Stream.of(endpoint, appId, appSecret).anyMatch(LogtoProperties::isPresent);
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

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !value.toString().isBlank();
    }

    @Override
    public String toString() {
        return "endpoint=" + endpoint + ", app-id=" + appId;
    }
}
