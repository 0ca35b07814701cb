package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
    void s30PatternThatDoesNotIsRefused(String path) {
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

    @Test
    void publicRouteCanRelayNothingOfAPerson() {
        assertThat(open(relay(RelayedToken.ACCESS, "https://api")).isRelayKnown())
                .isFalse();
        assertThat(open(relay(RelayedToken.ID_TOKEN, null)).isRelayKnown()).isFalse();
        assertThat(open(headers("email")).isRelayKnown()).isFalse();
        assertThat(open(assertion(true)).isRelayKnown()).isFalse();
        assertThat(open(relay(RelayedToken.APP, "https://api")).isRelayKnown()).isTrue();
        assertThat(open(RelayRule.NOTHING).isRelayKnown()).isTrue();
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
        var relay = new RelayRule(token, null, Set.of(), OrganizationSource.of("session"), List.of(), false, Set.of());
        return route(Access.AUTHENTICATED, audience, relay);
    }

    private static RouteProperties open(RelayRule relay) {
        return route(Access.PUBLIC, Set.of(), relay);
    }

    private static RouteProperties route(Access access, Set<String> audience, RelayRule relay) {
        return new RouteProperties(
                "r",
                List.of("/**"),
                List.of(),
                Set.of(),
                UPSTREAM,
                access,
                new BearerRule(audience),
                true,
                false,
                relay,
                SignInRule.ANY);
    }

    private static RouteProperties bearer(Access access, Set<String> audience) {
        return route(access, audience, RelayRule.NOTHING);
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
        assertThat(route("/**", UPSTREAM, RelayRule.NOTHING).isAssertionClaimsUsed())
                .isTrue();
    }

    private static RelayRule headers(String... written) {
        List<ClaimHeader> headers = Stream.of(written).map(ClaimHeader::of).toList();
        return new RelayRule(RelayedToken.NONE, null, Set.of(), null, headers, false, Set.of());
    }

    private static RelayRule assertion(boolean assertion, String... claims) {
        return new RelayRule(RelayedToken.NONE, null, Set.of(), null, List.of(), assertion, Set.of(claims));
    }

    private static RelayRule relay(RelayedToken token, String resource) {
        return new RelayRule(token, resource, Set.of(), null, List.of(), false, Set.of());
    }

    private static RouteProperties route(String path, URI upstream, RelayRule relay) {
        return new RouteProperties(
                "r",
                List.of(path),
                List.of(),
                Set.of(),
                upstream,
                Access.AUTHENTICATED,
                BearerRule.NONE,
                true,
                false,
                relay,
                SignInRule.ANY);
    }
}
