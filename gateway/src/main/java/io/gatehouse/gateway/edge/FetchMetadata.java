package io.gatehouse.gateway.edge;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * What a browser says about why it sends a request (W3C Fetch Metadata Request Headers). No script can set these
 * headers; programs other than browsers leave them out.
 */
public final class FetchMetadata {

    private static final String SITE = "Sec-Fetch-Site";
    private static final String MODE = "Sec-Fetch-Mode";
    private static final String DEST = "Sec-Fetch-Dest";
    private static final String USER = "Sec-Fetch-User";

    private static final Set<HttpMethod> LOADS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> FRAMES = Set.of("iframe", "frame", "fencedframe", "embed", "object");

    private FetchMetadata() {}

    /**
     * Whether the request loads a page into a top-level window, so that a redirect to the IdP can be followed by a
     * person. Without any Fetch Metadata the {@code Accept} header decides: it must name {@code text/html}.
     */
    public static boolean isNavigation(ServerHttpRequest request) {
        if (!LOADS.contains(request.getMethod())) {
            return false;
        }
        HttpHeaders headers = request.getHeaders();
        if (isPresent(headers)) {
            return "navigate".equals(headers.getFirst(MODE)) && "document".equals(headers.getFirst(DEST));
        }
        return acceptsHtml(headers);
    }

    /** Whether a person followed a link or pressed a button on a page of this very origin. */
    public static boolean isSameOriginUserNavigation(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return isNavigation(request)
                && "same-origin".equals(headers.getFirst(SITE))
                && "?1".equals(headers.getFirst(USER));
    }

    /** Whether the answer should be a page: for navigations of any method, such as a submitted form. */
    public static boolean wantsPage(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return isPresent(headers) ? "navigate".equals(headers.getFirst(MODE)) : acceptsHtml(headers);
    }

    /** Whether the browser says that the page is loaded into a part of another one. */
    public static boolean isFrame(ServerHttpRequest request) {
        return FRAMES.contains(Objects.requireNonNullElse(request.getHeaders().getFirst(DEST), ""));
    }

    /** Whether the browser says that no page is being loaded: a script, an image or the like asks. */
    public static boolean isFromScript(ServerHttpRequest request) {
        return isPresent(request.getHeaders()) && !wantsPage(request);
    }

    /** The relation between the page that caused the request and this origin; null where the browser does not say. */
    static @Nullable String site(ServerHttpRequest request) {
        return request.getHeaders().getFirst(SITE);
    }

    /** Whether a browser says anything at all: it does so to https and loopback addresses only. */
    public static boolean isSentWith(ServerHttpRequest request) {
        return isPresent(request.getHeaders());
    }

    private static boolean isPresent(HttpHeaders headers) {
        return headers.containsHeader(SITE)
                || headers.containsHeader(MODE)
                || headers.containsHeader(DEST)
                || headers.containsHeader(USER);
    }

    private static boolean acceptsHtml(HttpHeaders headers) {
        List<String> accept = headers.getOrEmpty(HttpHeaders.ACCEPT);
        try {
            return accept.stream()
                    .flatMap(line -> MimeTypeUtils.parseMimeTypes(line).stream())
                    .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
        } catch (InvalidMimeTypeException malformed) {
            return false;
        }
    }
}
