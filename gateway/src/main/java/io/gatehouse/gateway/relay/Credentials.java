package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.session.AccessToken;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** What an upstream gets to know about the user, as headers of the outbound request. */
interface Credentials {

    /** Nothing: an anonymous user, or a route that relays nothing. */
    Credentials NONE = headers -> {};

    /** RFC 6750, section 2.1. */
    static Credentials bearer(AccessToken token) {
        return bearer(token.value());
    }

    /** An access token, and the organization it is for where requests name that in a header. */
    static Credentials of(RelayedAccessToken sent, RelayRule rule) {
        Credentials token = bearer(sent.token());
        String organization = sent.wanted().organization();
        return rule.organizationHeader()
                .map(header -> token.and(headers -> headers.set(header, organization)))
                .orElse(token);
    }

    /** The same for any other token. */
    static Credentials bearer(String token) {
        return headers -> headers.setBearerAuth(token);
    }

    /**
     * What an API client has sent, if it is for the very resource that the route relays tokens of. Fails with
     * {@link ProblemType#TOKEN_REFUSED} if the route's upstream wants another one: there is no session to get it with.
     */
    static Mono<Credentials> of(BearerToken bearer, RelayRule rule) {
        return switch (rule.token()) {
            case NONE, APP -> Mono.just(NONE);
            case ACCESS ->
                Mono.justOrEmpty(rule.relayedResource())
                        .filter(bearer::isFor)
                        .map(resource -> bearer(bearer.token()))
                        .switchIfEmpty(Mono.error(() -> refusal("the token is not for the relayed resource")));
            case ID_TOKEN -> Mono.error(() -> refusal("an API client has no ID token"));
        };
    }

    private static GatewayException refusal(String detail) {
        return GatewayException.of(ProblemType.TOKEN_REFUSED, detail);
    }

    void addTo(HttpHeaders headers);

    /** These and others. */
    default Credentials and(Credentials others) {
        return headers -> {
            addTo(headers);
            others.addTo(headers);
        };
    }
}
