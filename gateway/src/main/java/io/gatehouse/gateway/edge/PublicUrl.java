package io.gatehouse.gateway.edge;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address under which browsers know this gateway. It is configuration, never taken from a request: what the browser
 * sent in {@code Host} or {@code X-Forwarded-*} decides neither redirects nor cookies.
 *
 * @param origin scheme, host and, unless it is the scheme's own, port, such as {@code https://app.example}; no path
 */
public record PublicUrl(String origin) {

    private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");

    /**
     * Checks the invariant.
     *
     * @throws IllegalArgumentException if this is not an origin a browser may safely be sent to
     */
    public PublicUrl {
        URI uri = URI.create(origin);
        boolean http = "http".equals(uri.getScheme());
        if (uri.getHost() == null || !(http || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("must be an https URL such as https://app.example.com");
        }
        boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!bare || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "must have no path, query, fragment or user, only scheme, host and port");
        }
        if (http && !LOOPBACK.matcher(uri.getHost()).matches()) {
            throw new IllegalArgumentException(
                    "must be https: plain http is accepted for localhost only, because cookies would travel in clear");
        }
    }

    /** The URL as written in configuration; a trailing slash and an upper-case host are tolerated. */
    public static PublicUrl of(String configured) {
        URI uri = URI.create(configured.strip());
        if (uri.getHost() == null || uri.getScheme() == null) {
            return new PublicUrl(configured.strip());
        }
        String rest = configured
                .strip()
                .substring(configured.strip().indexOf(uri.getRawAuthority())
                        + uri.getRawAuthority().length());
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority().toLowerCase(Locale.ROOT);
        String ownPort = scheme.equals("https") ? ":443" : ":80";
        String shortest =
                authority.endsWith(ownPort) ? authority.substring(0, authority.length() - ownPort.length()) : authority;
        return new PublicUrl(scheme + "://" + shortest + (rest.equals("/") ? "" : rest));
    }

    /** Whether cookies can be {@code Secure}, and so carry the {@code __Host-} prefix. */
    public boolean isSecure() {
        return origin.startsWith("https:");
    }

    /** Whether this is a development address on this very machine. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host()).matches();
    }

    /** The absolute URL of a path on this gateway. */
    public String resolve(String path) {
        return origin + path;
    }

    /**
     * Whether an {@code Origin} header names this gateway. On a loopback address the port may also be the one the
     * request came in on, so that several replicas can be tried side by side.
     *
     * @param requestOrigin the value of {@code Origin}
     * @param host the value of {@code Host}
     */
    boolean isSameOrigin(String requestOrigin, @Nullable String host) {
        if (requestOrigin.equals(origin)) {
            return true;
        }
        return isLoopback()
                && host != null
                && requestOrigin.equals("http://" + host)
                && Objects.equals(hostOf(requestOrigin), host());
    }

    /**
     * Whether a {@code Host} header names this host, on whichever port: cookies do not know ports.
     *
     * @param sent the value of {@code Host}
     */
    public boolean isHost(String sent) {
        return host().equals(hostOf("http://" + sent));
    }

    /** Its host, without port. */
    public String host() {
        return Objects.requireNonNull(hostOf(origin));
    }

    private static @Nullable String hostOf(String url) {
        try {
            return URI.create(url).getHost();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
