package io.gatehouse.gateway.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriUtils;

/**
 * Where the browser goes next: a path on this gateway, never another origin. Whoever holds an instance holds the proof,
 * so every target that anybody outside can influence becomes one of these before it is used.
 *
 * @param path an absolute path with an optional query and fragment, such as {@code /reports?year=2025}
 */
public record ReturnTo(String path) {

    /** Browsers drop tabs and line ends and read a backslash as a slash: only printable ASCII without it. */
    private static final Pattern LOCAL =
            Pattern.compile("/(?![/\\\\])[\\x21\\x23-\\x3B\\x3D\\x3F-\\x5B\\x5D\\x5F\\x61-\\x7A~|]*");

    /** Empty and dot segments, also encoded, which other programs may fold into {@code //host}. */
    private static final Pattern FOLDING =
            Pattern.compile("//|/(\\.|%(25)*2e){1,2}(/|$)|%(25)*(2f|5c|0[0-9a-f]|1[0-9a-f])", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*");

    /** The start page. */
    public static final ReturnTo HOME = new ReturnTo("/");

    public ReturnTo {
        if (!isLocal(path)) {
            throw new IllegalArgumentException("not a path on this gateway");
        }
    }

    /** The page this request asks for. */
    public static ReturnTo of(ServerHttpRequest request) {
        URI uri = request.getURI();
        String query = uri.getRawQuery();
        return orHome(query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query);
    }

    /** The target somebody asked for, or {@link #HOME} if following it could leave this gateway. */
    public static ReturnTo orHome(@Nullable String requested) {
        return requested != null && isLocal(requested) ? new ReturnTo(requested) : HOME;
    }

    /** The same for an absolute URL, such as a {@code Referer}: anything but an exact match of the origin is home. */
    public static ReturnTo orHome(@Nullable String requested, PublicUrl publicUrl) {
        if (requested == null || !requested.startsWith(publicUrl.origin() + "/")) {
            return orHome(requested);
        }
        return orHome(requested.substring(publicUrl.origin().length()));
    }

    /** The target without its query and fragment. */
    public ReturnTo withoutQuery() {
        return new ReturnTo(bare(path));
    }

    /** Whether the target lies at a path or below it. */
    public boolean isBelow(String parent) {
        String bare = withoutQuery().path();
        return bare.equals(parent) || bare.startsWith(parent + "/");
    }

    /** The target as the value of a query parameter. */
    public String encoded() {
        return UriUtils.encode(path, StandardCharsets.UTF_8);
    }

    private static boolean isLocal(String target) {
        return LOCAL.matcher(target).matches() && !FOLDING.matcher(bare(target)).find() && isUri(target);
    }

    private static String bare(String target) {
        return QUERY_OR_FRAGMENT.matcher(target).replaceFirst("");
    }

    /** Whether it can stand in a {@code Location} as it is (RFC 9110, section 10.2.2). */
    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
