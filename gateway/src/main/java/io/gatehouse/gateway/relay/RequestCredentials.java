package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.ClaimHeader;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.UserinfoChecks;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What an upstream is told about whoever sends a request, as its route says. Never empty: if a route needs a token and
 * there is none to be had, it fails.
 */
public final class RequestCredentials {

    private final Sessions sessions;
    private final BearerTokens bearerTokens;
    private final UserinfoChecks userinfoChecks;
    private final RelayedTokens tokens;
    private final RelayedIdentity identity;

    RequestCredentials(
            Sessions sessions,
            BearerTokens bearerTokens,
            UserinfoChecks userinfoChecks,
            RelayedTokens tokens,
            RelayedIdentity identity) {
        this.sessions = sessions;
        this.bearerTokens = bearerTokens;
        this.userinfoChecks = userinfoChecks;
        this.tokens = tokens;
        this.identity = identity;
    }

    /** The same as headers, with some claims in any case; for an upstream that somebody else sends the request to. */
    public Mono<HttpHeaders> headers(ServerWebExchange exchange, List<ClaimHeader> always) {
        return of(exchange, always).map(RequestCredentials::headers);
    }

    private static HttpHeaders headers(Credentials credentials) {
        HttpHeaders headers = new HttpHeaders();
        credentials.addTo(headers);
        return headers;
    }

    Mono<Credentials> of(ServerWebExchange exchange) {
        return of(exchange, List.of());
    }

    private Mono<Credentials> of(ServerWebExchange exchange, List<ClaimHeader> always) {
        GatewayRoute route = GatewayRoute.of(exchange);
        if (route.access() == Access.PUBLIC) {
            return tokens.ofNobody(route.relay());
        }
        if (BearerTokens.isSentWith(exchange)) {
            return bearerTokens.current(exchange).flatMap(bearer -> of(exchange, bearer, always));
        }
        return sessions.current(exchange)
                .delayUntil(userinfoChecks::confirm)
                .flatMap(session -> of(exchange, session, always))
                .switchIfEmpty(Mono.defer(() -> tokens.ofNobody(route.relay())));
    }

    private Mono<Credentials> of(ServerWebExchange exchange, BrowserSession session, List<ClaimHeader> always) {
        return tokens.of(exchange, session, GatewayRoute.of(exchange).relay())
                .map(relayed -> relayed.and(identity(exchange, relayed.session().identity(), always)));
    }

    private Mono<Credentials> of(ServerWebExchange exchange, BearerToken bearer, List<ClaimHeader> always) {
        return tokens.of(bearer, GatewayRoute.of(exchange).relay())
                .map(token -> token.and(identity(exchange, bearer.identity(), always)));
    }

    private Credentials identity(ServerWebExchange exchange, Identity who, List<ClaimHeader> always) {
        return IdentityHeaders.of(who, always).and(identity.of(who, exchange.getRequest(), GatewayRoute.of(exchange)));
    }
}
