package io.gatehouse.gateway.edge;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Tells requests that another site made the browser send. Where the session cookie stands for a user, such a request
 * may neither change anything nor open a WebSocket, which no same-origin policy guards.
 *
 * <p>{@code Sec-Fetch-Site} decides where the browser sends it, {@code Origin} where it does not. A request with
 * neither does not come from a browser and carries no cookie by accident.
 */
public final class CrossSiteRequests {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final PublicUrl publicUrl;
    private final CorsProperties cors;

    public CrossSiteRequests(PublicUrl publicUrl, CorsProperties cors) {
        this.publicUrl = publicUrl;
        this.cors = cors;
    }

    /** Whether the request must not act with the rights of the signed-in user. */
    public boolean isForbidden(ServerHttpRequest request) {
        return isActing(request) && !mayAct(request);
    }

    /**
     * Whether the request is {@linkplain #isOurOwn our own}, or was made by a page of a listed origin. Such an origin
     * is an operator's word for this one and no other of the site, so that the browser has to confirm both.
     */
    public boolean mayAct(ServerHttpRequest request) {
        return isOurOwn(request) || ("same-site".equals(FetchMetadata.site(request)) && cors.isListed(request));
    }

    /** Whether the request was made by a page of this origin, by the user directly, or by no browser at all. */
    public boolean isOurOwn(ServerHttpRequest request) {
        String site = FetchMetadata.site(request);
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        @Nullable String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        return origin == null
                || publicUrl.isSameOrigin(origin, request.getHeaders().getFirst(HttpHeaders.HOST));
    }

    /** Whether a page of this origin made the request: a browser says so, and nobody else can. */
    public boolean isOfOurPage(ServerHttpRequest request) {
        String site = FetchMetadata.site(request);
        boolean isNamed = request.getHeaders().getFirst(HttpHeaders.ORIGIN) != null;
        return site == null ? isNamed && isOurOwn(request) : site.equals("same-origin");
    }

    private static boolean isActing(ServerHttpRequest request) {
        return !SAFE.contains(request.getMethod())
                || "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
    }
}
