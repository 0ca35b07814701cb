package io.gatehouse.gateway.edge;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;

/** The question of a browser whether a page of another origin may send a request (Fetch Standard, section 3.3.2). */
public final class Preflight {

    private Preflight() {}

    /** Whether a request is one: with the two headers that make it one, and without a body, which none has. */
    public static boolean isOne(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return CorsUtils.isPreFlightRequest(request)
                && headers.getContentLength() <= 0
                && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }
}
