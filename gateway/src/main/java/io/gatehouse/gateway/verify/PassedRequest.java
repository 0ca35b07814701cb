package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.relay.RelayedCookies;
import io.gatehouse.gateway.route.RouteTable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What Envoy is told of a request that may pass besides what it has to add: by what it has to replace the request's
 * cookies, and which headers it has to take away, because they would tell the application what only the gateway may
 * tell it.
 */
final class PassedRequest {

    /** Envoy reads it in the answer of an authorization service over HTTP, and does not pass it on. */
    static final String REMOVED = "x-envoy-auth-headers-to-remove";

    private static final List<String> TOLD = List.of(
            HttpHeaders.AUTHORIZATION, "X-Auth-Subject", "X-Auth-Email", "X-Auth-Roles", "X-Gatehouse-Assertion");

    private final RouteTable routes;
    private final RelayedCookies cookies;

    PassedRequest(RouteTable routes, RelayedCookies cookies) {
        this.routes = routes;
        this.cookies = cookies;
    }

    /** @param answer with what the application is told */
    void describe(ServerHttpRequest asked, HttpHeaders answer) {
        HttpHeaders sent = new HttpHeaders();
        sent.put(HttpHeaders.COOKIE, asked.getHeaders().getOrEmpty(HttpHeaders.COOKIE));
        cookies.filterRequest(sent);
        List<String> left = sent.getOrEmpty(HttpHeaders.COOKIE);
        if (!left.isEmpty()) {
            answer.set(HttpHeaders.COOKIE, String.join("; ", left));
        }
        Set<String> removed = new TreeSet<>(TOLD);
        removed.addAll(routes.toldHeaders());
        removed.add(HttpHeaders.COOKIE);
        removed.removeIf(answer::containsHeader);
        answer.set(REMOVED, String.join(",", removed));
    }
}
