package io.gatehouse.bookstore.received;

import io.gatehouse.bookstore.access.UnverifiedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request as it arrived, before anything was decided about it. Subject, audience and scope are what its token claims,
 * true or not.
 *
 * @param path without the query, where secrets may be
 * @param subject null without a token that can be read
 * @param audience empty without a token that can be read
 * @param scope null without a token that can be read
 */
record ReceivedRequest(
        Instant time,
        String method,
        String path,
        @Nullable String subject,
        List<String> audience,
        @Nullable String scope,
        boolean hasAuthorization,
        List<String> cookieNames) {

    static ReceivedRequest of(ServerHttpRequest request, Instant time) {
        HttpHeaders headers = request.getHeaders();
        Map<String, Object> claims = UnverifiedClaims.among(headers).orElse(Map.of());
        return new ReceivedRequest(
                time,
                request.getMethod().name(),
                request.getURI().getRawPath(),
                text(claims.get("sub")),
                texts(claims.get("aud")),
                text(claims.get("scope")),
                headers.containsHeader(HttpHeaders.AUTHORIZATION),
                MaskedHeaders.cookieNames(headers.getOrEmpty(HttpHeaders.COOKIE)));
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim == null ? null : claim.toString();
    }

    /** The audience is one text or a list of them (RFC 7519, section 4.1.3). */
    private static List<String> texts(@Nullable Object claim) {
        if (claim instanceof List<?> list) {
            return list.stream().filter(Objects::nonNull).map(Object::toString).toList();
        }
        return claim == null ? List.of() : List.of(claim.toString());
    }
}
