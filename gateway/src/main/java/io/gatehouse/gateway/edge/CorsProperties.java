package io.gatehouse.gateway.edge;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Which pages besides our own may call this gateway with the person's session.
 *
 * @param allowedOrigins exact origins, such as {@code https://shop.example.com}. Their pages may read
 *     {@code /auth/session}, the gateway's 401 and 403 and the answer of a sign-out by {@code fetch}, and may send
 *     unsafe requests that act for the person. Browsers send the session cookie only from origins of the same site
 */
public record CorsProperties(@DefaultValue Set<String> allowedOrigins) {

    public CorsProperties {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    @AssertTrue(
            message = "allowed-origins: each must be an exact https origin, in lower case and with nothing behind the"
                    + " host or port, such as https://shop.example.com; http is for localhost only, and * would let any"
                    + " site act for whoever is signed in")
    boolean isEveryOriginExact() {
        return allowedOrigins.stream().allMatch(CorsProperties::isExact);
    }

    private static boolean isExact(String origin) {
        try {
            return URI.create(origin).getHost() != null
                    && PublicUrl.of(origin).origin().equals(origin);
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    /** Whether the request comes from a page of one of these origins. */
    public boolean isListed(ServerHttpRequest request) {
        @Nullable String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        return origin != null && allowedOrigins.contains(origin);
    }
}
