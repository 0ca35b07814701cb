package io.gatehouse.gateway.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
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

    private static final Pattern INVALID_TOKEN = Pattern.compile(
            "(?:^|,)\\s*Bearer\\s(?:[^,]*,)*?\\s*(?:[^,=\\s]+\\s)?error\\s*=\\s*\"?invalid_token\\b",
            Pattern.CASE_INSENSITIVE);

    /** A token that was got like this and is refused within this time is a token that the upstream does not want. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MOST = 100_000;

    private final AccessTokenRelay accessTokens;
    private final Clock clock;
    private final Cache<String, Instant> replacements =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RefusedTokenGlobalFilter(AccessTokenRelay accessTokens, Clock clock) {
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).then(Mono.defer(() -> sendAgainIfRefused(exchange, chain)));
    }

    /** The answer of the upstream has not been read yet, but for its head. */
    private Mono<Void> sendAgainIfRefused(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!isRefused(exchange.getResponse())
                || !(exchange.getRequest() instanceof OutboundRequest sent && sent.isRepeatable())) {
            return Mono.empty();
        }
        return Mono.justOrEmpty(RelayedAccessToken.of(exchange))
                .filter(refused -> !isReplacement(refused.token()))
                .flatMap(this::replacement)
                .doOnError(failure -> ServerWebExchangeUtils.reset(exchange))
                .flatMap(token -> sendAgain(exchange, chain, sent.again(Credentials.bearer(token))));
    }

    private static boolean isRefused(ServerHttpResponse response) {
        return HttpStatus.UNAUTHORIZED.equals(response.getStatusCode())
                && response.getHeaders().getOrEmpty(HttpHeaders.WWW_AUTHENTICATE).stream()
                        .anyMatch(challenge -> INVALID_TOKEN.matcher(challenge).find());
    }

    private boolean isReplacement(AccessToken token) {
        Instant got = replacements.getIfPresent(token.value());
        return got != null && clock.instant().isBefore(got.plus(PAUSE));
    }

    /** Empty if there is none to be had now. Fails if the session is over. */
    private Mono<AccessToken> replacement(RelayedAccessToken refused) {
        return accessTokens
                .token(refused.session(), refused.wanted().insteadOf(refused.token()))
                .map(RelayedAccessToken::token)
                .doOnNext(token -> replacements.put(token.value(), clock.instant()))
                .onErrorComplete(failure ->
                        !GatewayException.is(ProblemType.SESSION_ENDED).test(failure));
    }

    private static Mono<Void> sendAgain(ServerWebExchange exchange, GatewayFilterChain chain, OutboundRequest next) {
        ServerWebExchangeUtils.reset(exchange);
        return chain.filter(exchange.mutate().request(next).build());
    }
}
