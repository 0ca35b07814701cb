package io.gatehouse.gateway.route;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the name of a header means to those who read it.
 *
 * <p>Several web servers and frameworks read {@code X_User} and {@code X.User} as {@code X-User}, and some any sign
 * that is neither letter nor digit: names are compared in one spelling.
 */
public final class HeaderNames {

    private static final Pattern SIGN = Pattern.compile("[^a-z0-9]");

    /** By these a request would be served as another one than the one that was judged. */
    private static final Set<String> OF_ANOTHER_REQUEST = Set.of(
            "x-original-url",
            "x-original-uri",
            "x-original-method",
            "x-original-host",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override");

    /** By these it would seem to come from another address; and two that have no meaning here but one elsewhere. */
    private static final Set<String> OF_ANOTHER_SENDER = Set.of(
            "x-real-ip",
            "x-client-ip",
            "client-ip",
            "forwarded",
            "x-forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-forwarded-scheme",
            "x-forwarded-server",
            "x-forwarded-ssl",
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

    /** What HTTP itself or a browser says with a request (RFC 9110), or this gateway. */
    private static final Set<String> TAKEN = Set.of(
            "authorization",
            "cookie",
            "host",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "via",
            "date",
            "from",
            "origin",
            "referer",
            "user-agent",
            "range",
            "max-forwards",
            "cache-control",
            "pragma",
            "prefer",
            "priority",
            "dnt",
            "early-data",
            "last-event-id",
            "last-modified",
            "etag",
            "traceparent",
            "tracestate",
            "baggage",
            "x-correlation-id",
            "x-requested-with",
            "x-csrf-token",
            "x-xsrf-token");

    private static final Set<String> TAKEN_PREFIXES =
            Set.of("accept-", "access-control-", "content-", "if-", "proxy-", "sec-", "set-cookie", "x-gatehouse-");

    private HeaderNames() {}

    /** The one spelling: lower case, and a hyphen for every sign. */
    public static String canonical(String name) {
        return SIGN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    /** The names by which an upstream would take a request for another one, or for somebody else's; canonical. */
    public static Set<String> misleading() {
        return Stream.concat(OF_ANOTHER_REQUEST.stream(), OF_ANOTHER_SENDER.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a header of this name can say who somebody is, because it says nothing else already. */
    static boolean isFree(String name) {
        String canonical = canonical(name);
        return !TAKEN.contains(canonical)
                && !OF_ANOTHER_REQUEST.contains(canonical)
                && !OF_ANOTHER_SENDER.contains(canonical)
                && TAKEN_PREFIXES.stream().noneMatch((canonical + "-")::startsWith);
    }
}
