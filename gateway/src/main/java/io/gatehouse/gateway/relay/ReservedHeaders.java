package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.route.HeaderNames;
import io.gatehouse.gateway.route.HeaderValue;
import io.gatehouse.gateway.route.RouteProperties;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * The header names by which an upstream learns who the user is, what was asked for and where it came from. Only this
 * gateway may set them, so they are removed from every request that comes in, on every kind of route: also those that
 * only another route sets.
 *
 * <p>Names are compared in one spelling, the one of {@link HeaderNames}.
 */
final class ReservedHeaders {

    /** What this gateway sets, and what an upstream may trust because of the proxy that stood here before. */
    private static final Set<String> NAMES = Set.of(
            HttpHeaders.AUTHORIZATION,
            CorrelationId.HEADER,
            "x-auth-subject",
            "x-auth-name",
            "x-auth-email",
            "x-auth-roles",
            "x-auth-user",
            "x-auth-username",
            "x-auth-userid",
            "x-auth-groups",
            "x-user",
            "x-user-name",
            "x-user-email",
            "x-username",
            "x-email",
            "x-groups",
            "x-roles",
            "x-apigateway-api-userinfo",
            "x-user-id",
            "x-userinfo",
            "x-id-token",
            "x-jwt-assertion",
            "x-endpoint-api-userinfo",
            "x-access-token",
            "x-refresh-token");

    private static final Set<String> PREFIXES = Set.of(
            "x-gatehouse-",
            "x-original-",
            "x-auth-request-",
            "x-forwarded-",
            "x-remote-",
            "x-webauth-",
            "x-authentik-",
            "x-vouch-",
            "x-pomerium-",
            "x-amzn-oidc-",
            "x-goog-authenticated-user-",
            "x-goog-iap-",
            "x-ms-client-principal",
            "x-ms-token-",
            "x-ssl-client-",
            "ssl-client-",
            "x-client-cert",
            "x-arr-clientcert",
            "client-cert",
            "x-authenticated-",
            "x-consumer-",
            "x-credential-",
            "cf-access-",
            "remote-",
            "oidc-");

    private final NameTree tree = new NameTree();

    /** @param configured every header in which any route tells its upstream something */
    ReservedHeaders(Collection<String> configured) {
        NAMES.forEach(tree::addName);
        HeaderNames.misleading().forEach(tree::addName);
        configured.forEach(tree::addName);
        PREFIXES.forEach(tree::addPrefix);
    }

    static ReservedHeaders of(Collection<RouteProperties> routes) {
        return new ReservedHeaders(
                routes.stream().flatMap(ReservedHeaders::namesSetBy).toList());
    }

    private static Stream<String> namesSetBy(RouteProperties route) {
        return Stream.concat(
                route.relay().headerNames(),
                route.request().setHeaders().stream().map(HeaderValue::name));
    }

    boolean contains(String name) {
        return tree.contains(name);
    }
}
