package io.gatehouse.gateway.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request is judged by.
 *
 * @param claims of the ID token, or of an API client's own token; empty if nobody is known
 * @param tokenClaims of the access token that the upstream gets; empty if it gets none
 * @param scopes of that token
 * @param aliases other names of organizations: alias to id
 * @param address where the request comes from
 * @param now when it is judged
 */
public record Facts(
        Map<String, Object> claims,
        Map<String, Object> tokenClaims,
        Set<String> scopes,
        Map<String, String> aliases,
        InetAddress address,
        Instant now) {

    /** A claim by its name; if there is none of that name, by a path with dots, such as {@code address.country}. */
    static Optional<Object> find(Map<String, Object> claims, String name) {
        Object exact = claims.get(name);
        int dot = name.indexOf('.');
        if (exact != null || dot < 0) {
            return Optional.ofNullable(exact);
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(withTextKeys(inner), name.substring(dot + 1))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // JSON has no other keys.
    private static Map<String, Object> withTextKeys(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    /** Whether a claim is a list with this text in it. */
    boolean lists(String claim, String text) {
        return elements(claims.get(claim)).contains(text);
    }

    /** The elements of a list; none of what is no list. */
    static Collection<?> elements(@Nullable Object value) {
        return value instanceof Collection<?> list ? list : List.of();
    }

    /** The id of an organization by its alias or its id. */
    String organizationId(String name) {
        return aliases.getOrDefault(name, name);
    }
}
