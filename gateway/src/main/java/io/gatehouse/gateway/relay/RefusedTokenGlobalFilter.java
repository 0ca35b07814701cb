package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Clock;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Where an upstream refuses the access token ({@code 401} with {@code invalid_token}, RFC 6750, section 3.1), gets
 * another one and sends the request once more, if it can be sent twice. Otherwise, or if that is refused as well, the
 * upstream's answer goes to the browser.
 *
 * <p>Steps aside where no access token of the session was sent. An upstream that refuses whatever it gets costs one
 * refresh in a while, and not one for each request.
 */
@Order(FilterOrder.REFUSED_TOKEN)
final class RefusedTokenGlobalFilter implements GlobalFilter {

    /** A token that is refused so soon after it was issued is one that the upstream does not want. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final AccessTokenRelay accessTokens;
    private final RelayedIdentity identity;
    private final Clock clock;

    RefusedTokenGlobalFilter(AccessTokenRelay accessTokens, RelayedIdentity identity, Clock clock) {
        this.accessTokens = accessTokens;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).then(Mono.defer(() -> sendAgainIfRefused(exchange, chain)));
    }

    /** The answer of the upstream has not been read yet, but for its head. */
    private Mono<Void> sendAgainIfRefused(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!HttpStatus.UNAUTHORIZED.equals(exchange.getResponse().getStatusCode())
                || !(exchange.getRequest() instanceof OutboundRequest sent && sent.isRepeatable())) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(RelayedAccessToken.of(exchange))
                .filter(refused -> isRefused(exchange.getResponse().getHeaders()))
                .filter(refused -> !isNew(refused.token()))
                .flatMap(this::replacement)
                .map(fresh -> sent.again(credentials(exchange, sent, fresh)))
                .doOnError(failure -> ServerWebExchangeUtils.reset(exchange))
                .flatMap(next -> sendAgain(exchange, chain, next));
    }

    private static boolean isRefused(HttpHeaders answer) {
        return Challenges.refuseToken(answer.getOrEmpty(HttpHeaders.WWW_AUTHENTICATE));
    }

    /** All of them anew: with another token the IdP may have said something else about the person. */
    private Credentials credentials(ServerWebExchange exchange, OutboundRequest sent, RelayedAccessToken fresh) {
        GatewayRoute route = GatewayRoute.of(exchange);
        return Credentials.of(fresh, route.relay())
                .and(identity.of(fresh.session().identity(), sent.getDelegate(), route));
    }

    private boolean isNew(AccessToken token) {
        return clock.instant().isBefore(token.issuedAt().plus(PAUSE));
    }

    /** Empty if there is none to be had now. Fails if the session is over. */
    private Mono<RelayedAccessToken> replacement(RelayedAccessToken refused) {
        return accessTokens
                .token(refused.session(), refused.wanted().insteadOf(refused.token()))
                .onErrorComplete(failure ->
                        !GatewayException.is(ProblemType.SESSION_ENDED).test(failure));
    }

    private static Mono<Void> sendAgain(ServerWebExchange exchange, GatewayFilterChain chain, OutboundRequest next) {
        ServerWebExchangeUtils.reset(exchange);
        return chain.filter(exchange.mutate().request(next).build());
    }
}
