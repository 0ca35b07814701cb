package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CorrelationId;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * The header names by which an upstream learns who the user is. Only this gateway may set them, so they are removed
 * from every request that comes in, on every kind of route.
 *
 * <p>Several web servers and frameworks read {@code X_Forwarded_User} and {@code X.Forwarded.User} as
 * {@code X-Forwarded-User}: names are compared in one spelling.
 */
final class ReservedHeaders {

    private static final Set<String> NAMES = Set.of(
            canonical(HttpHeaders.AUTHORIZATION),
            canonical(CorrelationId.HEADER),
            "x-auth-subject",
            "x-auth-name",
            "x-auth-email",
            "x-auth-roles",
            // What an upstream may have been told to trust by the proxy that stood here before.
            "remote-user",
            "x-remote-user",
            "x-remote-group",
            "x-remote-groups",
            "x-user",
            "x-user-id",
            "x-userinfo",
            "x-id-token",
            "x-access-token",
            "x-refresh-token",
            "x-forwarded-user",
            "x-forwarded-email",
            "x-forwarded-groups",
            "x-forwarded-preferred-username",
            "x-forwarded-access-token");

    private static final Set<String> PREFIXES = Set.of("x-gatehouse-", "x-auth-request-");

    private ReservedHeaders() {}

    static boolean contains(String name) {
        String canonical = canonical(name);
        return NAMES.contains(canonical) || PREFIXES.stream().anyMatch(canonical::startsWith);
    }

    private static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}
