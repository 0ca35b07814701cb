package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.organization.Organizations;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.OrganizationSource;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.AccessTokens;
import io.gatehouse.gateway.token.Wanted;
import java.util.Objects;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds the access token that a route relays: for its API resource, for an organization, or for both. */
public final class AccessTokenRelay {

    private final AccessTokens accessTokens;
    private final Organizations organizations;

    AccessTokenRelay(AccessTokens accessTokens, Organizations organizations) {
        this.accessTokens = accessTokens;
        this.organizations = organizations;
    }

    /** The token a request is to be sent with, noted for whoever finds out that it is refused. Never empty. */
    public Mono<RelayedAccessToken> token(ServerWebExchange exchange, BrowserSession session, RelayRule rule) {
        return wanted(exchange.getRequest(), session, rule)
                .flatMap(wanted -> token(session, wanted))
                .doOnNext(sent -> sent.noteOn(exchange));
    }

    private Mono<Wanted.Token> wanted(ServerHttpRequest request, BrowserSession session, RelayRule rule) {
        String resource = Objects.requireNonNullElse(rule.resource(), "");
        OrganizationSource source = rule.organization();
        return source == null
                ? Mono.just(Wanted.token(resource, ""))
                : organizations.of(request, session, source).map(id -> Wanted.token(resource, id));
    }

    /** The token, renewed if it is due. */
    Mono<RelayedAccessToken> token(BrowserSession session, Wanted.Token wanted) {
        return accessTokens
                .usable(session, wanted)
                .flatMap(fresh ->
                        Mono.justOrEmpty(wanted.in(fresh)).map(token -> new RelayedAccessToken(fresh, wanted, token)))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.TOKEN_REFUSED, "no token")));
    }
}
