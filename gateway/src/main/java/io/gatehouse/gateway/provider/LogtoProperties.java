package io.gatehouse.gateway.provider;

import java.net.URI;
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

    @Override
    public String toString() {
        return "endpoint=" + endpoint + ", app-id=" + appId;
    }
}
