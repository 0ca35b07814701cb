package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePropertiesTests {

    private static final URI UPSTREAM = URI.create("http://app:3000");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/**", "/api/books/**", "/a/{id}", "/a/*.html"})
    void patternBeginsWithASlash(String path) {
        assertThat(route(path, UPSTREAM, RelayRule.NOTHING).isPathMatchable()).isTrue();
    }

    /**
     * Prevents the class of CVE-2023-34034: a pattern without leading slash that matches something else than it seems.
     */
    @ParameterizedTest
    @ValueSource(strings = {"**", "api/**", "", "/a/{", "/**/x/**/y/{**}"})
    void patternThatDoesNotIsRefused(String path) {
        assertThat(route(path, UPSTREAM, RelayRule.NOTHING).isPathMatchable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app", "https://app:8443", "http://10.0.0.1:3000/"})
    void upstreamIsAHost(String upstream) {
        assertThat(route("/**", URI.create(upstream), RelayRule.NOTHING).isUpstreamReachable())
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
        assertThat(route("/**", URI.create(upstream), RelayRule.NOTHING).isUpstreamReachable())
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

    private static RouteProperties bearer(Access access, Set<String> audience) {
        return new RouteProperties(
                "r",
                List.of("/**"),
                List.of(),
                Set.of(),
                UPSTREAM,
                access,
                new BearerRule(audience),
                RelayRule.NOTHING);
    }

    private static RelayRule relay(RelayedToken token, String resource) {
        return new RelayRule(token, resource, Set.of(), null, List.of(), false, Set.of());
    }

    private static RouteProperties route(String path, URI upstream, RelayRule relay) {
        return new RouteProperties(
                "r", List.of(path), List.of(), Set.of(), upstream, Access.AUTHENTICATED, BearerRule.NONE, relay);
    }
}
