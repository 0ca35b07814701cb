package io.gatehouse.gateway.route;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages of other origins may call a route (Fetch Standard, section 3.3). {@code cors: upstream} alone stands for
 * {@code answered-by: upstream}.
 *
 * @param answeredBy {@code gateway}: for the origins below it answers preflights, and what the upstream says about this
 *     is removed; without origins there is no permission. {@code upstream}: it gets preflights, without sign-in and
 *     with nobody's credentials, and what it answers passes
 * @param origins exact origins, such as {@code https://shop.example.com}; {@code *} alone stands for all, and is for
 *     routes without credentials
 * @param methods those that may be used, besides {@code GET}, {@code HEAD} and {@code POST} of a form or plain text,
 *     which need no permission
 * @param headers those that a request may have, such as {@code Content-Type}
 * @param exposedHeaders those of an answer that a page may read
 * @param credentials whether the session cookie counts that such a page sends along: with it unsafe requests and
 *     WebSockets act for the signed-in person. Browsers send it from origins of the same site only
 * @param maxAge how long a browser may remember the answer to a preflight
 */
public record CorsRule(
        @DefaultValue("gateway") AnsweredBy answeredBy,
        @DefaultValue Set<String> origins,
        @DefaultValue({"GET", "HEAD", "POST"}) List<String> methods,
        @DefaultValue("Content-Type") List<String> headers,

        @DefaultValue({"X-Correlation-Id", "WWW-Authenticate", "Retry-After"})
        List<String> exposedHeaders,

        @DefaultValue("false") boolean credentials,
        @DefaultValue("10m") Duration maxAge) {

    private static final String ANY = "*";
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Who says which pages may call a route. */
    public enum AnsweredBy {
        /** This gateway, by the rule. */
        GATEWAY,

        /** The upstream, by itself. */
        UPSTREAM
    }

    /**
     * Reads the short form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CorsRule valueOf(String text) {
        if (!text.strip().equals("upstream")) {
            throw new IllegalArgumentException("is neither upstream nor a group of settings such as cors.origins");
        }
        return new CorsRule(AnsweredBy.UPSTREAM, Set.of(), List.of(), List.of(), List.of(), false, Duration.ZERO);
    }

    /** Whether the upstream answers preflights. */
    public boolean isUpstreams() {
        return answeredBy == AnsweredBy.UPSTREAM;
    }

    /** Whether this gateway gives permissions. */
    public boolean isOurs() {
        return answeredBy == AnsweredBy.GATEWAY && !origins.isEmpty();
    }

    /** Whether pages of any origin may read what they get. */
    public boolean isForAny() {
        return origins.contains(ANY);
    }

    /** Whether a page of this origin may read what it gets. */
    public boolean isFor(@Nullable String origin) {
        return isOurs() && origin != null && (isForAny() || origins.contains(origin));
    }

    /** Whether a request that a page of this origin makes the browser send acts for the signed-in person. */
    public boolean letsAct(@Nullable String origin) {
        return credentials && isOurs() && origin != null && origins.contains(origin);
    }

    @AssertTrue(
            message = "origins: each must be an exact https origin, in lower case and with nothing behind the host or"
                    + " port, such as https://shop.example.com; http is for localhost only, and * stands alone")
    boolean isEveryOriginExact() {
        return isForAny() ? origins.size() == 1 : origins.stream().allMatch(CorsRule::isExact);
    }

    @AssertTrue(
            message = "credentials: cannot be used with origins: *, which would let any site act for whoever is"
                    + " signed in; name the origins")
    boolean isCredentialsOfListed() {
        return !credentials || !isForAny();
    }

    @AssertTrue(message = "origins: is required with credentials")
    boolean isCredentialsOfSomebody() {
        return !credentials || !origins.isEmpty() || isUpstreams();
    }

    @AssertTrue(
            message = "answered-by: with upstream no origins and no credentials can be given, because the upstream"
                    + " decides about them")
    boolean isDecidedByOne() {
        return !isUpstreams() || (origins.isEmpty() && !credentials);
    }

    @AssertTrue(message = "methods, headers and exposed-headers: must be names such as PUT and Content-Type; * is none")
    boolean isEveryNameOne() {
        return Stream.of(methods, headers, exposedHeaders)
                .flatMap(List::stream)
                .allMatch(name -> HeaderValue.isName(name) && !name.equals(ANY));
    }

    @AssertTrue(message = "max-age: must be from 0s to 1d")
    boolean isMaxAgeReasonable() {
        return !maxAge.isNegative() && maxAge.compareTo(LONGEST) <= 0;
    }

    /** Exactly what a browser sends (RFC 6454, section 6.2). */
    private static boolean isExact(String origin) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getHost();
            boolean isHttps = "https".equals(uri.getScheme()) && uri.getPort() != 443;
            boolean isLocal = "http".equals(uri.getScheme()) && uri.getPort() != 80 && LOOPBACK.contains(host);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return (isHttps || isLocal)
                    && origin.equals(
                            uri.getScheme() + "://" + String.valueOf(host).toLowerCase(Locale.ROOT) + port);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
