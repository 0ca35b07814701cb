package io.gatehouse.gateway.bearer;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SentTokens;
import io.gatehouse.gateway.route.BearerRule;
import io.gatehouse.gateway.route.GatewayRoute;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The tokens with which API clients use a route that {@linkplain BearerRule takes} them (RFC 6750). Such a request acts
 * for the token's owner and for nobody else: its cookies are not looked at, whether the token turns out to be good or
 * not, and as no browser sends a token by itself, no other site can cause it.
 */
public final class BearerTokens {

    private static final String SENT = BearerTokens.class.getName() + ".sent";
    private static final String CURRENT = BearerTokens.class.getName() + ".current";

    /** Nothing stays open for so long, and a timer could not count much further. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final SentTokens sentTokens;
    private final AccessTokenRules rules;
    private final VerifiedTokens verified;
    private final Clock clock;

    BearerTokens(SentTokens sentTokens, AccessTokenRules rules, VerifiedTokens verified, Clock clock) {
        this.sentTokens = sentTokens;
        this.rules = rules;
        this.verified = verified;
        this.clock = clock;
    }

    /**
     * Whether the request comes with a token of its own, good or bad, on a route that takes them. It is settled by the
     * first who asks, which is the access decision: what is sent upstream has another header, or none.
     */
    public static boolean isSentWith(ServerWebExchange exchange) {
        return Boolean.TRUE.equals(exchange.getAttributes().computeIfAbsent(SENT, any -> isSent(exchange)));
    }

    private static boolean isSent(ServerWebExchange exchange) {
        return GatewayRoute.of(exchange).bearer().isAccepting()
                && SentCredentials.of(exchange.getRequest().getHeaders()).areBearer();
    }

    /**
     * The token a request {@linkplain #isSentWith comes with}, verified once for a request. Never empty. Fails with
     * {@link ProblemType#TOKEN_INVALID} if it is not good, or not for this route, and with
     * {@link ProblemType#PROVIDER_UNAVAILABLE} if the IdP's keys cannot be had.
     */
    public Mono<BearerToken> current(ServerWebExchange exchange) {
        Mono<BearerToken> known = exchange.getAttribute(CURRENT);
        if (known != null) {
            return known;
        }
        Mono<BearerToken> verification = verify(exchange).cache();
        exchange.getAttributes().put(CURRENT, verification);
        return verification;
    }

    /** Completes when the token of the request is good no more. To be cancelled by whoever is done. */
    public Mono<Void> untilExpiry(ServerWebExchange exchange) {
        return current(exchange).flatMap(bearer -> Mono.delay(timeLeft(bearer))).then();
    }

    private Mono<BearerToken> verify(ServerWebExchange exchange) {
        BearerRule rule = GatewayRoute.of(exchange).bearer();
        return Mono.justOrEmpty(
                        SentCredentials.of(exchange.getRequest().getHeaders()).token())
                .switchIfEmpty(Mono.error(() -> invalid("not exactly one token")))
                .flatMap(this::verify)
                .filter(bearer -> !Collections.disjoint(bearer.audience(), rule.audience()))
                .switchIfEmpty(Mono.error(() -> invalid("aud is none of the route's")));
    }

    private Mono<BearerToken> verify(String token) {
        return Mono.justOrEmpty(verified.find(token)).switchIfEmpty(Mono.defer(() -> verifyAnew(token)));
    }

    private Mono<BearerToken> verifyAnew(String token) {
        return sentTokens
                .verifyRecently(token)
                .switchIfEmpty(Mono.error(() -> invalid("the signature is not one of the issuer's")))
                .map(sent -> rules.read(token, sent))
                .doOnNext(verified::keep);
    }

    private Duration timeLeft(BearerToken bearer) {
        Instant end = bearer.token().expiresAt().plus(AccessTokenRules.CLOCK_SKEW);
        Duration left = Duration.between(clock.instant(), end);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private static GatewayException invalid(String detail) {
        return GatewayException.of(ProblemType.TOKEN_INVALID, detail);
    }
}
