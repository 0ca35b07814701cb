package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.login.LoginProperties;
import io.gatehouse.gateway.logout.LogoutProperties;
import io.gatehouse.gateway.network.Network;
import io.gatehouse.gateway.ops.OpsProperties;
import io.gatehouse.gateway.page.PageProperties;
import io.gatehouse.gateway.provider.LogtoProperties;
import io.gatehouse.gateway.provider.OidcProperties;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.relay.AssertionKeys;
import io.gatehouse.gateway.relay.RelayProperties;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.route.RouteProperties;
import io.gatehouse.gateway.route.UpstreamUrl;
import io.gatehouse.gateway.session.SessionProperties;
import io.gatehouse.gateway.token.TokenProperties;
import io.gatehouse.gateway.verify.ForwardAuthProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be configured. Each key is also an environment variable: {@code gatehouse.x.y-z} is
 * {@code GATEHOUSE_X_Y_Z}.
 *
 * @param publicUrl the address under which browsers know this gateway, such as {@code https://app.example.com}.
 *     Required
 * @param basePath the path below which all of the gateway's own endpoints live
 * @param paths the endpoints
 * @param logto the Logto application this gateway is
 * @param oidc any other OpenID provider, in place of Logto
 * @param connectors Logto's enterprise connectors: alias to connector id. {@code /auth/sign-in?connector=alias} leads
 *     straight to it
 * @param organizations Logto's organizations: alias to organization id, for routes that read one from the host, the
 *     path or a header
 * @param redis where sessions are kept
 * @param session how long sessions live
 * @param signIn how people sign in
 * @param signOut how people sign out
 * @param trustedProxies addresses of the proxies in front of this gateway, such as {@code 10.0.0.0/8}, whose
 *     {@code X-Forwarded-For} says where a request comes from. Empty: whoever connects is the client
 * @param cors which other origins may call this gateway for their users
 * @param token when tokens are refreshed
 * @param relay how this gateway speaks for its users, and what happens to answers
 * @param pages how the gateway's own pages look
 * @param ops the port for operators
 * @param reload how a changed configuration is taken over while the gateway runs
 * @param forwardAuth another proxy that asks this gateway whether a request may pass
 * @param upstream the one application behind this gateway, in place of routes; everything needs a sign-in
 * @param routes what goes where
 * @param sites more applications, each on a host of its own, with its own sign-in, sessions, pages and routes; by an id
 *     of 1 to 16 small letters and digits, which names the site on the ops port and in Redis
 */
@ConfigurationProperties(GatehouseProperties.PREFIX)
record GatehouseProperties(
        @NotNull(message = "is required, such as https://app.example.com")
        PublicUrl publicUrl,

        @DefaultValue("/auth") BasePath basePath,
        @DefaultValue @NestedConfigurationProperty EndpointPaths paths,
        @Valid @DefaultValue @NestedConfigurationProperty LogtoProperties logto,
        @Valid @DefaultValue @NestedConfigurationProperty OidcProperties oidc,
        @DefaultValue Map<String, String> connectors,
        @DefaultValue Map<String, String> organizations,
        @Valid @DefaultValue @NestedConfigurationProperty RedisProperties redis,
        @Valid @DefaultValue @NestedConfigurationProperty SessionProperties session,
        @Valid @DefaultValue @NestedConfigurationProperty LoginProperties signIn,
        @Valid @DefaultValue @NestedConfigurationProperty LogoutProperties signOut,
        @DefaultValue Set<Network> trustedProxies,
        @Valid @DefaultValue @NestedConfigurationProperty CorsProperties cors,
        @Valid @DefaultValue @NestedConfigurationProperty TokenProperties token,
        @Valid @DefaultValue @NestedConfigurationProperty RelayProperties relay,
        @Valid @DefaultValue @NestedConfigurationProperty PageProperties pages,
        @Valid @DefaultValue @NestedConfigurationProperty OpsProperties ops,
        @Valid @DefaultValue @NestedConfigurationProperty ReloadProperties reload,
        @Valid @DefaultValue @NestedConfigurationProperty ForwardAuthProperties forwardAuth,
        @Nullable URI upstream,
        @DefaultValue List<@Valid RouteProperties> routes,
        @DefaultValue Map<String, @Valid SiteProperties> sites) {

    static final String PREFIX = "gatehouse";

    private static final Pattern OF_SITE = Pattern.compile("^sites\\.[a-z0-9]+\\.");

    /** Keys whose value is never printed, and may come from a file. */
    static final Set<String> SECRETS = Set.of(
            "logto.app-secret",
            "logto.machine-app-secret",
            "logto.webhook-signing-keys",
            "oidc.client-secret",
            "oidc.machine-client-secret",
            "redis.url",
            "redis.sentinel-password",
            "relay.assertion-keys",
            "session.keys",
            "ops.key");

    /** Whether a key below {@value #PREFIX} is one of those, of the gateway itself or of a site. */
    static boolean isSecret(String key) {
        return SECRETS.contains(OF_SITE.matcher(key).replaceFirst(""));
    }

    /** The routes, or the one that stands for all. */
    List<RouteProperties> effectiveRoutes() {
        return upstream == null ? routes : List.of(RouteProperties.everything(upstream));
    }

    @AssertTrue(
            message = "logto.endpoint, logto.app-id and logto.app-secret are required, or oidc.issuer, oidc.client-id"
                    + " and oidc.client-secret in their place")
    boolean isProviderConfigured() {
        return logto.isGiven() || oidc.isGiven();
    }

    @AssertTrue(message = "logto and oidc are two IdPs: only one of them can be configured")
    boolean isOneProviderConfigured() {
        return !logto.isGiven() || !oidc.isGiven();
    }

    @AssertTrue(message = "upstream: must be http or https with a host and nothing else, such as http://app:3000")
    boolean isUpstreamReachable() {
        return upstream == null || UpstreamUrl.isPlain(upstream);
    }

    @AssertTrue(message = "connectors are Logto's: they cannot be used with oidc.issuer")
    boolean isConnectorProviderLogto() {
        return connectors.isEmpty() || oidc.issuer() == null;
    }

    @AssertTrue(
            message = "sign-in.connector, sign-in.domains, sign-in.portals[].connector and routes[].sign-in.connector"
                    + " must be among connectors")
    boolean isUsedConnectorKnown() {
        Stream<String> ofRoutes = routes.stream().map(route -> route.signIn().connector());
        return Stream.concat(signIn.connectors(), ofRoutes)
                .allMatch(alias -> alias.isEmpty() || connectors.containsKey(alias));
    }

    @AssertTrue(message = "organizations are Logto's: neither they nor relay.organization can be used with oidc.issuer")
    boolean isOrganizationProviderLogto() {
        boolean isUsed = !organizations.isEmpty()
                || routes.stream().anyMatch(route -> route.relay().organization() != null);
        return !isUsed || oidc.issuer() == null;
    }

    @AssertTrue(message = "paths must be different plain paths below the base path, such as /sign-in")
    boolean isPathsDistinct() {
        return paths.arePlainAndDistinct();
    }

    @AssertTrue(message = "upstream and routes exclude each other: upstream is one protected route for everything")
    boolean isUpstreamOrRoutes() {
        return upstream == null || routes.isEmpty();
    }

    @AssertTrue(
            message = "routes: bearer.audience must be an API resource and not this gateway's own client id, for which"
                    + " ID tokens are made")
    boolean isBearerAudienceNoClient() {
        Set<String> clients = Stream.of(logto.appId(), oidc.clientId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return routes.stream()
                .allMatch(route -> Collections.disjoint(clients, route.bearer().audience()));
    }

    @AssertTrue(
            message = "routes: relay.token=app needs logto.machine-app-id and logto.machine-app-secret, because Logto"
                    + " issues such tokens to machine-to-machine applications only")
    boolean isMachineGivenWhereNeeded() {
        boolean needed = routes.stream().map(RouteProperties::relay).anyMatch(RelayRule::isOwnToken);
        return !needed || !logto.isGiven() || logto.isMachineGiven();
    }

    @AssertTrue(
            message = "relay.assertion-keys: is required, because a route has assertion: true; make a pair with: "
                    + AssertionKeys.COMMAND)
    boolean isAssertionKeysGiven() {
        return relay.canAssert()
                || routes.stream().noneMatch(route -> route.relay().assertion());
    }

    @AssertTrue(
            message =
                    "routes: every route needs an upstream, such as http://app:3000, unless forward-auth.peers names a"
                            + " proxy that sends requests on itself")
    boolean isEveryUpstreamSomewhere() {
        return forwardAuth.isUsed() || routes.stream().noneMatch(RouteProperties::isElsewhere);
    }

    @AssertTrue(message = "sites: ids must be 1 to 16 small letters and digits, such as shop")
    boolean isEverySiteNamed() {
        return sites.keySet().stream().allMatch(SiteSources::isId);
    }

    @AssertTrue(
            message = "sites: each needs a public-url on a host of its own, which is not that of the gateway itself")
    boolean isSiteHostsDistinct() {
        List<PublicUrl> urls = Stream.concat(
                        Stream.ofNullable(publicUrl), sites.values().stream().map(SiteProperties::publicUrl))
                .filter(Objects::nonNull)
                .toList();
        return urls.stream().map(PublicUrl::host).distinct().count() == urls.size();
    }

    @AssertTrue(message = "routes: every id may be used once")
    boolean isRouteIdsDistinct() {
        return routes.stream().map(RouteProperties::id).distinct().count() == routes.size();
    }
}
