package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.AccessTokens;
import io.gatehouse.gateway.token.OwnTokens;
import io.gatehouse.gateway.token.Wanted;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The token a route's upstream gets in {@code Authorization}. Never empty: where the route needs one, there is one or
 * there is a failure.
 */
final class RelayedTokens {

    private final AccessTokenRelay accessTokenRelay;
    private final AccessTokens accessTokens;
    private final OwnTokens ownTokens;

    RelayedTokens(AccessTokenRelay accessTokenRelay, AccessTokens accessTokens, OwnTokens ownTokens) {
        this.accessTokenRelay = accessTokenRelay;
        this.accessTokens = accessTokens;
        this.ownTokens = ownTokens;
    }

    /** A token for somebody who is signed in, and the session as it is then, fit for what else the route relays. */
    Mono<OfSession> of(ServerWebExchange exchange, BrowserSession session, RelayRule rule) {
        Mono<OfSession> token = switch (rule.token()) {
            case NONE -> Mono.just(new OfSession(session, Credentials.NONE));
            case ACCESS ->
                accessTokenRelay
                        .token(exchange, session, rule)
                        .map(sent -> new OfSession(sent.session(), Credentials.of(sent, rule)));
            case ID_TOKEN -> idToken(session);
            case APP -> own(rule).map(own -> new OfSession(session, own));
        };
        return rule.namesPerson() ? token.flatMap(this::identified) : token;
    }

    /** A token for somebody who has sent one. */
    Mono<Credentials> of(BearerToken bearer, RelayRule rule) {
        return rule.isOwnToken() ? own(rule) : Credentials.of(bearer, rule);
    }

    /** What is relayed whoever it is: the gateway's own token, or nothing. */
    Mono<Credentials> ofNobody(RelayRule rule) {
        return rule.isOwnToken() ? own(rule) : Mono.just(Credentials.NONE);
    }

    private Mono<Credentials> own(RelayRule rule) {
        return Mono.justOrEmpty(rule.ownResource())
                .flatMap(resource -> ownTokens.current(resource, rule.scopes()))
                .map(Credentials::bearer)
                .switchIfEmpty(Mono.error(() -> refusal("no token of the gateway's own")));
    }

    private Mono<OfSession> idToken(BrowserSession session) {
        return accessTokens
                .usable(session, Wanted.idToken())
                .flatMap(fresh -> Mono.justOrEmpty(fresh.tokens().idToken())
                        .map(idToken -> new OfSession(fresh, Credentials.bearer(idToken))))
                .switchIfEmpty(Mono.error(() -> refusal("the session has no ID token")));
    }

    /** What is said of a person has to be what the IdP says now. */
    private Mono<OfSession> identified(OfSession relayed) {
        return accessTokens
                .usable(relayed.session(), Wanted.idToken())
                .map(fresh -> new OfSession(fresh, relayed.credentials()));
    }

    private static GatewayException refusal(String detail) {
        return GatewayException.of(ProblemType.TOKEN_REFUSED, detail);
    }

    /** What is relayed for a session. */
    record OfSession(BrowserSession session, Credentials credentials) {

        Credentials and(Credentials others) {
            return credentials.and(others);
        }
    }
}
