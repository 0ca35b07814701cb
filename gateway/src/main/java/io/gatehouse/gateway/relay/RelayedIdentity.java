package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.session.Identity;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What a route's upstream is told about a person besides a token: claims in headers, and an assertion about them. */
final class RelayedIdentity {

    private final IdentityAssertion assertion;

    RelayedIdentity(IdentityAssertion assertion) {
        this.assertion = assertion;
    }

    /**
     * As it is told with this request of a browser. Fails with
     * {@link io.gatehouse.gateway.problem.ProblemType#CLAIMS_TOO_LARGE} if it is too much for a header.
     */
    Credentials of(Identity identity, ServerHttpRequest request, GatewayRoute route) {
        RelayRule rule = route.relay();
        Credentials headers = IdentityHeaders.of(identity, rule.headers());
        return rule.assertion() ? headers.and(assertion.of(identity, request, route)) : headers;
    }
}
