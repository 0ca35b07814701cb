package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.AccessTokens;
import reactor.core.publisher.Mono;

/** The token a route's upstream gets in {@code Authorization}. */
final class RelayedTokens {

    private final AccessTokens accessTokens;

    RelayedTokens(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    /** Never empty: where the route needs a token, there is one or there is a failure. */
    Mono<Credentials> of(BrowserSession session, GatewayRoute route) {
        return switch (route.relay().token()) {
            case NONE -> Mono.just(Credentials.NONE);
            case ACCESS -> required(accessToken(session, route), "no access token");
            case ID_TOKEN -> required(idToken(session), "the session has no ID token");
            case APP -> required(Mono.empty(), "no token of the application's own");
        };
    }

    private Mono<Credentials> accessToken(BrowserSession session, GatewayRoute route) {
        return Mono.justOrEmpty(route.relay().relayedResource())
                .flatMap(resource -> accessTokens.current(session, resource))
                .map(Credentials::bearer);
    }

    /** As the session has it. */
    private static Mono<Credentials> idToken(BrowserSession session) {
        return Mono.justOrEmpty(session.tokens().idToken()).map(Credentials::bearer);
    }

    private static Mono<Credentials> required(Mono<Credentials> token, String otherwise) {
        return token.switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.TOKEN_REFUSED, otherwise)));
    }
}
