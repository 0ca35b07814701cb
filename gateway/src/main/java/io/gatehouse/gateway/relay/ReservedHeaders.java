package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CorrelationId;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * The header names by which an upstream learns who the user is, what was asked for and where it came from. Only this
 * gateway may set them, so they are removed from every request that comes in, on every kind of route.
 *
 * <p>Several web servers and frameworks read {@code X_Forwarded_User} and {@code X.Forwarded.User} as
 * {@code X-Forwarded-User}: names are compared in one spelling.
 */
final class ReservedHeaders {

    /** What this gateway sets, and what an upstream may trust because of the proxy that stood here before. */
    private static final Set<String> NAMES = Set.of(
            canonical(HttpHeaders.AUTHORIZATION),
            canonical(CorrelationId.HEADER),
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

    /** By these a request would be served as another one than the one that was judged. */
    private static final Set<String> OTHER_REQUEST =
            Set.of("x-rewrite-url", "x-http-method", "x-http-method-override", "x-method-override");

    /** By these it would seem to come from another address; and two that have no meaning here but one elsewhere. */
    private static final Set<String> OTHER_SENDER = Set.of(
            "x-real-ip",
            "x-client-ip",
            "client-ip",
            "x-forwarded",
            "fastly-client-ip",
            "x-azure-clientip",
            "x-host",
            "x-scheme",
            "x-envoy-external-address",
            "true-client-ip",
            "cf-connecting-ip",
            "x-cluster-client-ip",
            "proxy",
            "cookie2",
            "http2-settings");

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

    private ReservedHeaders() {}

    static boolean contains(String name) {
        String canonical = canonical(name);
        return NAMES.contains(canonical)
                || OTHER_REQUEST.contains(canonical)
                || OTHER_SENDER.contains(canonical)
                || PREFIXES.stream().anyMatch(canonical::startsWith);
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}
