package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePropertiesTests {

    private static final URI UPSTREAM = URI.create("http://app:3000");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/**", "/api/books/**", "/a/{id}", "/a/*.html"})
    void patternBeginsWithASlash(String path) {
        assertThat(route(path, UPSTREAM, Map.of()).isPathMatchable()).isTrue();
    }

    /**
     * Prevents the class of CVE-2023-34034: a pattern without leading slash that matches something else than it seems.
     */
    @ParameterizedTest
    @ValueSource(strings = {"**", "api/**", "/a/{", "/**/x/**/y/{**}"})
    void s30PatternThatDoesNotIsRefused(String path) {
        assertThat(route(path, UPSTREAM, Map.of()).isPathMatchable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app", "https://app:8443", "http://10.0.0.1:3000/"})
    void upstreamIsAHost(String upstream) {
        assertThat(route("/**", URI.create(upstream), Map.of()).isUpstreamReachable())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app:3000",
                "http:/app",
                "ftp://app",
                "http://app/path",
                "http://app?x=1",
                "http://app#x",
                "http://user@app",
                "lb://app"
            })
    void upstreamThatIsSomethingElseIsRefused(String upstream) {
        assertThat(route("/**", URI.create(upstream), Map.of()).isUpstreamReachable())
                .isFalse();
    }

    @Test
    void accessTokenIsRelayedOnlyForAResource() {
        assertThat(route("/**", UPSTREAM, relay(RelayedToken.ACCESS, null)).isRelayComplete())
                .isFalse();
        assertThat(route("/**", UPSTREAM, relay(RelayedToken.ACCESS, " ")).isRelayComplete())
                .isFalse();
        assertThat(route("/**", UPSTREAM, relay(RelayedToken.ACCESS, "https://api"))
                        .isRelayComplete())
                .isTrue();
        assertThat(route("/**", UPSTREAM, relay(RelayedToken.NONE, null)).isRelayComplete())
                .isTrue();
    }

    @Test
    void bearerTokensAreForNamedResources() {
        assertThat(bearer(Access.AUTHENTICATED, Set.of("https://api")).isBearerAudienceNamed())
                .isTrue();
        assertThat(bearer(Access.AUTHENTICATED, Set.of("https://api", " ")).isBearerAudienceNamed())
                .isFalse();
        assertThat(bearer(Access.AUTHENTICATED, Set.of("")).isBearerAudienceNamed())
                .isFalse();
    }

    @Test
    void bearerTokensMeanNothingOnAPublicRoute() {
        assertThat(bearer(Access.PUBLIC, Set.of("https://api")).isBearerUseful())
                .isFalse();
        assertThat(bearer(Access.PUBLIC, Set.of()).isBearerUseful()).isTrue();
        assertThat(bearer(Access.OPTIONAL, Set.of("https://api")).isBearerUseful())
                .isTrue();
    }

    @Test
    void publicRouteCanRelayNothingOfAPerson() {
        assertThat(open(relay(RelayedToken.ACCESS, "https://api")).isRelayKnown())
                .isFalse();
        assertThat(open(relay(RelayedToken.ID_TOKEN, null)).isRelayKnown()).isFalse();
        assertThat(open(headers("email")).isRelayKnown()).isFalse();
        assertThat(open(assertion(true)).isRelayKnown()).isFalse();
        assertThat(open(relay(RelayedToken.APP, "https://api")).isRelayKnown()).isTrue();
        assertThat(open(Map.of()).isRelayKnown()).isTrue();
    }

    @Test
    void organizationIsForRelayedAccessTokensOfSessionsOnly() {
        assertThat(inOrganization(RelayedToken.ACCESS, Set.of()).isOrganizationUsed())
                .isTrue();
        assertThat(inOrganization(RelayedToken.NONE, Set.of()).isOrganizationUsed())
                .isFalse();
        assertThat(inOrganization(RelayedToken.ACCESS, Set.of()).isRelayComplete())
                .isTrue();
        assertThat(inOrganization(RelayedToken.ACCESS, Set.of()).isBearerWithoutOrganization())
                .isTrue();
        assertThat(inOrganization(RelayedToken.ACCESS, Set.of("https://api")).isBearerWithoutOrganization())
                .isFalse();
    }

    private static RouteProperties inOrganization(RelayedToken token, Set<String> audience) {
        return route(
                Access.AUTHENTICATED, audience, Map.of("relay.token", token.name(), "relay.organization", "session"));
    }

    private static RouteProperties open(Map<String, String> relay) {
        return route(Access.PUBLIC, Set.of(), relay);
    }

    private static RouteProperties route(Access access, Set<String> audience, Map<String, String> relay) {
        Map<String, String> settings = new HashMap<>(relay);
        settings.put("access", access.name());
        List<String> resources = List.copyOf(audience);
        resources.forEach(resource -> settings.put("bearer.audience[" + resources.indexOf(resource) + "]", resource));
        return route("/**", UPSTREAM, settings);
    }

    private static RouteProperties bearer(Access access, Set<String> audience) {
        return route(access, audience, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-User", "x-user", "X-USER"})
    void twoClaimsForOneHeaderAreRefusedHoweverItIsSpelt(String second) {
        assertThat(route("/**", UPSTREAM, headers("email=X-User", "name=" + second))
                        .isRelayHeadersDistinct())
                .isFalse();
        assertThat(route("/**", UPSTREAM, headers("email", "name")).isRelayHeadersDistinct())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub", "htm", "htu", "iat", "nbf", "exp", "jti"})
    void claimOfTheUserCannotReplaceOneOfTheAssertion(String claim) {
        assertThat(route("/**", UPSTREAM, assertion(true, "email", claim)).isAssertionItsOwn())
                .isFalse();
        assertThat(route("/**", UPSTREAM, assertion(true, "email", "roles")).isAssertionItsOwn())
                .isTrue();
    }

    @Test
    void claimsOfAnAssertionNeedOne() {
        assertThat(route("/**", UPSTREAM, assertion(false, "email")).isAssertionClaimsUsed())
                .isFalse();
        assertThat(route("/**", UPSTREAM, assertion(true, "email")).isAssertionClaimsUsed())
                .isTrue();
        assertThat(route("/**", UPSTREAM, Map.of()).isAssertionClaimsUsed()).isTrue();
    }

    private static Map<String, String> headers(String... written) {
        return Map.of("relay.headers", String.join(",", written));
    }

    private static Map<String, String> assertion(boolean assertion, String... claims) {
        return Map.of("relay.assertion", String.valueOf(assertion), "relay.assertion-claims", String.join(",", claims));
    }

    private static Map<String, String> relay(RelayedToken token, String resource) {
        return resource == null
                ? Map.of("relay.token", token.name())
                : Map.of("relay.token", token.name(), "relay.resource", resource);
    }

    private static RouteProperties route(String path, URI upstream, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("id", "r", "path", path, "upstream", upstream.toString()));
        return RouteProperties.of(all);
    }
}
