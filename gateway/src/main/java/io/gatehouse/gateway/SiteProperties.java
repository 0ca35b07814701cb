package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.login.LoginProperties;
import io.gatehouse.gateway.logout.LogoutProperties;
import io.gatehouse.gateway.page.PageProperties;
import io.gatehouse.gateway.provider.LogtoProperties;
import io.gatehouse.gateway.provider.OidcProperties;
import io.gatehouse.gateway.route.RouteProperties;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One more application behind this gateway, on a host of its own. What is not said here is as it is for the gateway
 * itself, key by key, but for routes, which each site has its own of.
 *
 * @param publicUrl the address under which browsers know the site. Requests whose {@code Host} it names are the site's.
 *     Required
 * @param logto the Logto application that the site is
 * @param oidc any other OpenID provider, in place of Logto
 * @param connectors Logto's enterprise connectors
 * @param organizations Logto's organizations
 * @param signIn how people sign in
 * @param signOut how people sign out
 * @param cors which other origins may call the site's endpoints for their users
 * @param pages how the site's pages look
 * @param upstream the one application behind the site, in place of routes
 * @param routes what goes where
 */
@ConfigurationPropertiesSource
record SiteProperties(
        @Nullable PublicUrl publicUrl,
        @Nullable LogtoProperties logto,
        @Nullable OidcProperties oidc,
        @DefaultValue Map<String, String> connectors,
        @DefaultValue Map<String, String> organizations,
        @Nullable LoginProperties signIn,
        @Nullable LogoutProperties signOut,
        @Nullable CorsProperties cors,
        @Nullable PageProperties pages,
        @Nullable URI upstream,
        @DefaultValue List<RouteProperties> routes) {

    /** What the site is, is said by its {@link GatehouseProperties}. */
    @Override
    public String toString() {
        return "public-url=" + publicUrl;
    }
}
