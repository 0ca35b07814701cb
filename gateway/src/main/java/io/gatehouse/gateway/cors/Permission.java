package io.gatehouse.gateway.cors;

import io.gatehouse.gateway.route.CorsRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What an answer says about pages of other origins (Fetch Standard, section 3.3.3): what its route says, nothing else.
 */
final class Permission {

    private static final String PREFIX = "access-control-";

    private Permission() {}

    /**
     * Puts it on an answer, in place of what stands there.
     *
     * @param origin of the page that asks; null if it is no page, or one of our own
     */
    static void write(CorsRule rule, @Nullable String origin, HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX))
                .toList()
                .forEach(headers::remove);
        vary(headers);
        if (origin == null || !rule.isFor(origin)) {
            return;
        }
        headers.setAccessControlAllowOrigin(rule.isForAny() ? "*" : origin);
        if (rule.credentials()) {
            headers.setAccessControlAllowCredentials(true);
        }
        if (!rule.exposedHeaders().isEmpty()) {
            headers.setAccessControlExposeHeaders(rule.exposedHeaders());
        }
    }

    /** The same for the answer to a preflight. */
    static void writePreflight(CorsRule rule, @Nullable String origin, HttpHeaders headers) {
        write(rule, origin, headers);
        headers.remove(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
        if (rule.isFor(origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", rule.methods()));
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", rule.headers()));
            headers.setAccessControlMaxAge(rule.maxAge());
        }
    }

    /** Or a cache would give the answer for one origin to another one. */
    private static void vary(HttpHeaders headers) {
        List<String> already = headers.getVary();
        if (already.stream().noneMatch(HttpHeaders.ORIGIN::equalsIgnoreCase)) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
    }
}
