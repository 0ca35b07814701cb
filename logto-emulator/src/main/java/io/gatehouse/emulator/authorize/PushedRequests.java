package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Authorization requests sent ahead of the browser (RFC 9126); each is good for one response. Thread-safe. */
final class PushedRequests {

    private static final String URN = "urn:ietf:params:oauth:request_uri:";

    private final Map<String, Pushed> pushed = new ConcurrentHashMap<>();
    private final Tenant tenant;

    PushedRequests(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The {@code request_uri} for it. */
    String push(String clientId, Parameters parameters) {
        String id = tenant.identifiers().secret();
        Instant end = tenant.clock().instant().plus(tenant.lifetimes().of(Lifetime.PUSHED_REQUEST_LIFETIME));
        pushed.put(id, new Pushed(clientId, parameters, end));
        return URN + id;
    }

    /** @throws OidcProblem if this is no reference of ours: Logto fetches none from elsewhere */
    static String idOf(String requestUri) {
        if (!requestUri.startsWith(URN)) {
            throw OidcProblem.of(400, "request_uri_not_supported", null);
        }
        return requestUri.substring(URN.length());
    }

    /** @throws OidcProblem if it expired, was used, or belongs to another client */
    Parameters find(String id, String clientId) {
        Pushed found = pushed.get(id);
        if (found == null || !tenant.clock().instant().isBefore(found.expiresAt())) {
            throw unusable();
        }
        if (!found.clientId().equals(clientId)) {
            throw OidcProblem.of(400, "invalid_request_object", "request client_id mismatch");
        }
        return found.parameters();
    }

    /** @throws OidcProblem if another response was given already */
    void use(String id) {
        if (pushed.remove(id) == null) {
            throw unusable();
        }
    }

    private static OidcProblem unusable() {
        return OidcProblem.of(400, "invalid_request_uri", "request_uri is invalid, expired, or was already used");
    }

    private record Pushed(String clientId, Parameters parameters, Instant expiresAt) {}
}
