package io.gatehouse.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The names and attributes of the cookies this gateway sets. With an https public URL they carry the {@code __Host-}
 * prefix, which browsers accept only from this very host, over TLS, for all paths (RFC 6265bis, section 4.1.3.2).
 *
 * <p>{@code SameSite=Lax} and not {@code Strict}: the browser comes back from the IdP by a cross-site navigation, and
 * people follow links from their mail. What {@code Lax} leaves open, {@link CrossSiteRequests} closes.
 */
public final class GatewayCookies {

    private static final String PREFIX = "__Host-";
    private static final String SESSION = "gatehouse";
    private static final String FLOW = "gatehouse-flow";
    private static final String OUT = "gatehouse-out";

    private final boolean secure;

    public GatewayCookies(PublicUrl publicUrl) {
        this.secure = publicUrl.isSecure();
    }

    /** Carries the session id, and nothing else. */
    public String session() {
        return name(SESSION);
    }

    /** Carries the sign-in flows this browser has begun. */
    public String flow() {
        return name(FLOW);
    }

    /** Tells when this browser signed out. */
    public String out() {
        return name(OUT);
    }

    /** The names no upstream may see, with and without prefix. */
    public List<String> names() {
        return List.of(SESSION, FLOW, OUT, PREFIX + SESSION, PREFIX + FLOW, PREFIX + OUT);
    }

    /** A cookie that ends with the browser session. */
    public ResponseCookie create(String name, String value) {
        return builder(name, value).build();
    }

    /** A cookie that ends after a time. */
    public ResponseCookie create(String name, String value, Duration maxAge) {
        return builder(name, value).maxAge(maxAge).build();
    }

    /** Removes a cookie: browsers do so only if the attributes are those it was set with. */
    public ResponseCookie remove(String name) {
        return builder(name, "").maxAge(Duration.ZERO).build();
    }

    /** The value the browser sent under exactly this name. */
    public Optional<String> read(ServerHttpRequest request, String name) {
        return CookieHeader.value(request.getHeaders(), name);
    }

    private String name(String bare) {
        return secure ? PREFIX + bare : bare;
    }

    private ResponseCookie.ResponseCookieBuilder builder(String name, String value) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/");
    }
}
