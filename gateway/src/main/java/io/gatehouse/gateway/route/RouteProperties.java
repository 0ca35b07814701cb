package io.gatehouse.gateway.route;

import io.gatehouse.gateway.policy.AccessRule;
import io.gatehouse.gateway.policy.Condition;
import io.gatehouse.gateway.policy.Policy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * One route. The first one that fits a request takes it.
 *
 * @param id names the route in logs: letters, digits, {@code -}, {@code _}. Required, and different for every route
 * @param path one path pattern or several, such as <code>/api/books/&#42;&#42;</code>. Required
 * @param host one host name or several; a leading <code>&#42;.</code> stands for any sub-domain. Empty: every host
 * @param methods one HTTP method or several. Empty: every method
 * @param upstream scheme, host and port of the upstream; path and query of the request are appended as they are. With
 *     several, requests go to them in turn, and one that cannot be reached is left out for 10 seconds. Required, unless
 *     another proxy asks about the route at {@code /auth/verify} and sends its requests on itself
 * @param protocol what the upstream speaks: {@code http1}; {@code h2c}: HTTP/2 without TLS; {@code h2}: HTTP/2 with
 *     TLS. gRPC needs one of the last two. WebSocket handshakes are sent with HTTP/1.1 in any case
 * @param tls what is special about TLS to the upstream
 * @param access {@code public}: the session is not even looked up. {@code optional}: everybody, and whoever is signed
 *     in is known. {@code authenticated}: signed-in people only
 * @param rules what has to hold besides; a request has to meet every rule that is for its method
 * @param bearer whether API clients may use the route with a token of their own
 * @param csrf {@code true} or {@code on}: an unsafe request or WebSocket that another site makes the browser send is
 *     refused where it would act for the signed-in person. {@code false} or {@code off}: the upstream guards itself
 *     against these, and gets them
 * @param securityHeaders whether answers get the usual security headers where the upstream has not set them itself:
 *     {@code X-Content-Type-Options}, {@code Referrer-Policy}, a protection against being framed by other sites, and
 *     {@code Strict-Transport-Security} if the public URL is https
 * @param cors which pages of other origins may call the route
 * @param request how a request is changed before its upstream gets it
 * @param response how an answer is changed before the browser gets it
 * @param relay what the upstream is told about the user
 * @param signIn how people sign in who come to the route, and what their sign-in has to show
 * @param timeouts how long the route waits for its upstream
 * @param retry whether a request is sent to the upstream once more that has not been answered
 * @param circuitBreaker when an upstream that keeps failing is left alone for a while
 * @param rateLimit how many requests the route takes
 * @param maxBody the largest body of a request, such as {@code 10MB}; a larger one is answered with 413. Empty: any
 * @param maintenance whether the route's upstream is being worked on: everybody is told so, with 503, before anything
 *     else happens, and the upstream is not called
 */
@ConfigurationPropertiesSource
public record RouteProperties(
        @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,64}", message = "must be 1 to 64 letters, digits, - or _")
        String id,

        @NotEmpty @DefaultValue List<String> path,
        @DefaultValue List<String> host,
        @DefaultValue Set<String> methods,
        @DefaultValue List<URI> upstream,
        @NotNull @DefaultValue("http1") UpstreamProtocol protocol,

        @Valid @NotNull @DefaultValue @NestedConfigurationProperty
        TlsRule tls,

        @NotNull @DefaultValue("authenticated") Access access,
        @DefaultValue List<AccessRule> rules,
        @NotNull @DefaultValue @NestedConfigurationProperty BearerRule bearer,
        @DefaultValue("true") boolean csrf,
        @DefaultValue("false") boolean securityHeaders,

        @Valid @NotNull @DefaultValue @NestedConfigurationProperty
        CorsRule cors,

        @NotNull @DefaultValue @NestedConfigurationProperty RequestRule request,
        @NotNull @DefaultValue @NestedConfigurationProperty ResponseRule response,
        @NotNull @DefaultValue @NestedConfigurationProperty RelayRule relay,
        @NotNull @DefaultValue @NestedConfigurationProperty SignInRule signIn,
        @NotNull @DefaultValue @NestedConfigurationProperty TimeoutRule timeouts,
        @NotNull @DefaultValue @NestedConfigurationProperty RetryRule retry,
        @NotNull @DefaultValue @NestedConfigurationProperty CircuitBreakerRule circuitBreaker,
        @NotNull @DefaultValue @NestedConfigurationProperty RateLimitRule rateLimit,
        @Nullable DataSize maxBody,
        @DefaultValue("false") boolean maintenance) {

    /** A route with these settings, by their keys below {@code gatehouse.routes[]}; all others have their defaults. */
    public static RouteProperties of(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("", Bindable.of(RouteProperties.class));
    }

    /** The one route of a gateway that stands in front of a single application. */
    public static RouteProperties everything(URI upstream) {
        return of(Map.of("id", "everything", "path", "/**", "upstream", upstream.toString()));
    }

    @AssertTrue(message = "path: every pattern must begin with / and be a valid path pattern, such as /api/**")
    boolean isPathMatchable() {
        return path.stream().allMatch(RouteProperties::isPattern);
    }

    @AssertTrue(message = "upstream: must be http or https with a host and nothing else, such as http://app:3000")
    boolean isUpstreamReachable() {
        return upstream.stream().allMatch(UpstreamUrl::isPlain);
    }

    @AssertTrue(
            message = "upstream: all addresses of a route need the same scheme, http or https, and none can be there"
                    + " twice")
    boolean isUpstreamOfOneKind() {
        return upstream.stream().map(URI::getScheme).distinct().count() <= 1
                && Set.copyOf(upstream).size() == upstream.size();
    }

    @AssertTrue(message = "tls: is for upstreams with https; to one with http nothing would be encrypted")
    boolean isTlsOfHttps() {
        return !tls.isUsed() || (!isElsewhere() && upstream.stream().allMatch(UpstreamUrl::isSecure));
    }

    @AssertTrue(message = "protocol: h2c is for upstreams with http, and h2 for those with https")
    boolean isProtocolOfScheme() {
        return switch (protocol) {
            case HTTP1 -> true;
            case H2C -> !isElsewhere() && upstream.stream().noneMatch(UpstreamUrl::isSecure);
            case H2 -> !isElsewhere() && upstream.stream().allMatch(UpstreamUrl::isSecure);
        };
    }

    @AssertTrue(message = "cors: needs an upstream, because the proxy that sends requests on answers preflights too")
    boolean isCorsServedHere() {
        return !isElsewhere() || !(cors.isUpstreams() || cors.isOurs());
    }

    /** Whether its upstream is behind another proxy, which only asks whether a request may pass. */
    public boolean isElsewhere() {
        return upstream.isEmpty();
    }

    @AssertTrue(
            message = "relay.resource: is required with relay.token=access and relay.token=app, because a token without"
                    + " resource is never relayed")
    boolean isRelayComplete() {
        return relay.isComplete();
    }

    @AssertTrue(message = "relay.organization: is for relay.token=access only")
    boolean isOrganizationUsed() {
        return relay.isOrganizationUsed();
    }

    @AssertTrue(
            message = "relay: a public route knows nobody of whom its upstream could be told; use access=optional, or"
                    + " relay.token=app")
    boolean isRelayKnown() {
        return access != Access.PUBLIC || !relay.needsPerson();
    }

    @AssertTrue(
            message = "rules: each needs conditions in all or any, and an id of letters, digits, - or _ if it has one;"
                    + " methods are names such as GET")
    boolean isEveryRuleReasonable() {
        return rules.stream().allMatch(AccessRule::isReasonable);
    }

    @AssertTrue(message = "rules: no two can have the same id")
    boolean isEveryRuleDistinct() {
        List<String> ids =
                rules.stream().map(AccessRule::id).filter(id -> !id.isEmpty()).toList();
        return Set.copyOf(ids).size() == ids.size();
    }

    @AssertTrue(message = "rules: everything but network:<CIDR> asks about signed-in people; use access=authenticated")
    boolean isEveryRuleOfSomebody() {
        return access == Access.AUTHENTICATED || policy().conditions().noneMatch(Condition::isOfPerson);
    }

    @AssertTrue(
            message = "rules: scope:<name> and token-claim:<...> ask about the access token that is relayed; use"
                    + " relay.token=access, or bearer.audience")
    boolean isEveryRuleOfAToken() {
        boolean hasToken = relay.token() == RelayedToken.ACCESS || bearer.isAccepting();
        return hasToken || policy().conditions().noneMatch(Condition::isOfToken);
    }

    @AssertTrue(
            message = "bearer.audience: cannot be used with relay.organization, because an API client's own token"
                    + " cannot be exchanged for one of an organization")
    boolean isBearerWithoutOrganization() {
        return relay.organization() == null || !bearer.isAccepting();
    }

    @AssertTrue(message = "bearer.audience: has to name API resources; an empty one is none")
    boolean isBearerAudienceNamed() {
        return bearer.audience().stream().noneMatch(String::isBlank);
    }

    @AssertTrue(
            message =
                    "bearer.audience: means nothing on a public route, which is open to everybody; use access=optional"
                            + " for one that knows who comes with a token")
    boolean isBearerUseful() {
        return access != Access.PUBLIC || !bearer.isAccepting();
    }

    @AssertTrue(
            message = "relay.headers: no two claims can be sent in the same header, nor one in that of"
                    + " relay.organization, however its name is spelt, because to an upstream X-User and X_User"
                    + " may be one")
    boolean isRelayHeadersDistinct() {
        return relay.hasDistinctHeaders();
    }

    @AssertTrue(
            message = "relay.assertion-claims: iss, aud, sub, htm, htu, iat, nbf, exp and jti are the assertion's own"
                    + " and cannot be taken from the user")
    boolean isAssertionItsOwn() {
        return relay.keepsAssertionItsOwn();
    }

    @AssertTrue(message = "relay.assertion-claims: need assertion: true")
    boolean isAssertionClaimsUsed() {
        return relay.assertion() || relay.assertionClaims().isEmpty();
    }

    @AssertTrue(
            message = "sign-in.max-age and sign-in.acr: can be asked of signed-in people only; use"
                    + " access=authenticated")
    boolean isProofOfSomebody() {
        return access == Access.AUTHENTICATED || !signIn.asksForProof();
    }

    @AssertTrue(
            message = "sign-in.max-age: must be from 0s to 365d; sign-in.acr: values have no spaces, quotes or"
                    + " backslashes")
    boolean isSignInReasonable() {
        return signIn.isReasonable();
    }

    @AssertTrue(message = "timeouts: connect, first-byte and idle must be from 1ms to 1d")
    boolean isTimeoutsReasonable() {
        return timeouts.isReasonable();
    }

    @AssertTrue(message = "rate-limit: requests and burst must be from 0 to 1000000 and per from 1ms to 1d")
    boolean isRateLimitReasonable() {
        return rateLimit.isReasonable();
    }

    @AssertTrue(message = "rate-limit.burst: needs rate-limit.requests")
    boolean isBurstUsed() {
        return rateLimit.isBurstUsed();
    }

    @AssertTrue(message = "rate-limit.by: a public route knows no sessions; use address or route")
    boolean isRateLimitOfSomebody() {
        return access != Access.PUBLIC || rateLimit.worksForStrangers();
    }

    @AssertTrue(message = "max-body: must not be negative")
    boolean isMaxBodyASize() {
        return maxBody == null || !maxBody.isNegative();
    }

    @AssertTrue(message = "retry: attempts must be from 0 to 5, statuses from 500 to 599 and budget from 1 to 100")
    boolean isRetryReasonable() {
        return retry.isReasonable();
    }

    @AssertTrue(message = "retry.statuses: need retry.attempts")
    boolean isRetryUsed() {
        return retry.isUsed();
    }

    @AssertTrue(
            message = "circuit-breaker: failure-rate must be from 0 to 100, minimum-calls from 1 to 100000, window and"
                    + " open-for from 1s to 1h")
    boolean isCircuitBreakerReasonable() {
        return circuitBreaker.isReasonable();
    }

    @AssertTrue(
            message =
                    "request.strip-prefix and request.add-prefix: must be plain paths such as /api, without a slash at"
                            + " the end")
    boolean isPrefixPlain() {
        return request.hasPlainPrefixes();
    }

    @AssertTrue(
            message =
                    "request.strip-prefix: every path of the route has to begin with it, or some requests would arrive"
                            + " with it and others without")
    boolean isPrefixStripped() {
        String prefix = request.stripPrefix();
        return prefix.isEmpty() || path.stream().allMatch(each -> each.equals(prefix) || each.startsWith(prefix + "/"));
    }

    @AssertTrue(message = "request.host: must be upstream, public, or a host name such as app.internal")
    boolean isHostPlain() {
        return request.hasPlainHost();
    }

    @AssertTrue(
            message = "request.set-headers: cannot set what has a meaning of its own in HTTP or for a gateway, and"
                    + " Authorization only where no token is relayed; request.remove-headers: must be names of headers")
    boolean isRequestHeaderFree() {
        boolean isAuthorizationFree = relay.token() == RelayedToken.NONE && !bearer.isAccepting();
        return request.setsFreeHeaders(isAuthorizationFree);
    }

    @AssertTrue(
            message =
                    "response.set-headers and response.remove-headers: cannot change how the answer is framed, such as"
                            + " Content-Length or Transfer-Encoding, nor set cookies")
    boolean isResponseHeaderFree() {
        return response.leavesFramingAlone();
    }

    /** The rules of this route. */
    public Policy policy() {
        return new Policy(rules);
    }

    /** How people sign in whose sign-in is too old for what they want to do: as recently as any rule asks for. */
    public SignInRule stepUp() {
        return policy().mostRecentSignIn().map(signIn::within).orElse(signIn);
    }

    private static boolean isPattern(String path) {
        try {
            PathPatternParser.defaultInstance.parse(path);
            return path.startsWith("/");
        } catch (PatternParseException malformed) {
            return false;
        }
    }
}
