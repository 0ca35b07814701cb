package io.gatehouse.gateway.access;

import com.nimbusds.jwt.JWTParser;
import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.organization.OrganizationAliases;
import io.gatehouse.gateway.policy.AccessRule;
import io.gatehouse.gateway.policy.Condition;
import io.gatehouse.gateway.policy.Facts;
import io.gatehouse.gateway.policy.Policy;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.relay.AccessTokenRelay;
import io.gatehouse.gateway.relay.RelayedAccessToken;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.token.AccessTokens;
import io.gatehouse.gateway.token.Wanted;
import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Holds requests against the {@linkplain Policy rules} of their route. Fails with {@link ProblemType#ACCESS_DENIED} for
 * one that does not meet them, and with {@link ProblemType#STEP_UP_REQUIRED} if a more recent sign-in is all it lacks.
 *
 * <p>No I/O, unless a rule looks at an ID token or an access token that is due; both are those that are relayed.
 */
final class RuleCheck {

    private final AccessTokens accessTokens;
    private final AccessTokenRelay accessTokenRelay;
    private final OrganizationAliases aliases;
    private final ClientAddresses addresses;
    private final AuditLog audit;
    private final Clock clock;

    RuleCheck(
            AccessTokens accessTokens,
            AccessTokenRelay accessTokenRelay,
            OrganizationAliases aliases,
            ClientAddresses addresses,
            AuditLog audit,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.accessTokenRelay = accessTokenRelay;
        this.aliases = aliases;
        this.addresses = addresses;
        this.audit = audit;
        this.clock = clock;
    }

    /** Completes if the request of a signed-in person meets the rules. */
    Mono<Void> ofSession(ServerWebExchange exchange, GatewayRoute route, BrowserSession session) {
        if (isSilent(exchange, route)) {
            return Mono.empty();
        }
        Mono<BrowserSession> fresh = isAsked(exchange, route, Condition::isOfPerson)
                ? accessTokens.usable(session, Wanted.idToken())
                : Mono.just(session);
        return fresh.flatMap(known -> ofFresh(exchange, route, known));
    }

    private static boolean isAsked(ServerWebExchange exchange, GatewayRoute route, Predicate<Condition> kind) {
        return route.policy().rulesFor(method(exchange)).stream()
                .flatMap(AccessRule::conditions)
                .anyMatch(kind);
    }

    private Mono<Void> ofFresh(ServerWebExchange exchange, GatewayRoute route, BrowserSession fresh) {
        boolean needsToken = isAsked(exchange, route, Condition::isOfToken);
        if (!needsToken || route.relay().relayedResource().isEmpty()) {
            return judge(exchange, route, fresh.identity(), null);
        }
        return accessTokenRelay
                .token(exchange, fresh, route.relay())
                .map(RelayedAccessToken::token)
                .flatMap(token -> judge(exchange, route, fresh.identity(), token));
    }

    /** Completes if the request of an API client meets the rules. */
    Mono<Void> ofBearer(ServerWebExchange exchange, GatewayRoute route, BearerToken bearer) {
        return isSilent(exchange, route) ? Mono.empty() : judge(exchange, route, bearer.identity(), bearer.token());
    }

    /** Completes if the request meets the rules whoever sent it. */
    Mono<Void> ofAnybody(ServerWebExchange exchange, GatewayRoute route) {
        return isSilent(exchange, route) ? Mono.empty() : judge(exchange, route, null, null);
    }

    private static boolean isSilent(ServerWebExchange exchange, GatewayRoute route) {
        return route.policy().isSilent(method(exchange));
    }

    private static String method(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().name();
    }

    private Mono<Void> judge(
            ServerWebExchange exchange, GatewayRoute route, @Nullable Identity who, @Nullable AccessToken token) {
        Facts facts = facts(exchange.getRequest(), who, token);
        Policy policy = route.policy();
        policy.shadowing(method(exchange), facts).forEach(rule -> record(who, name(route, rule), true));
        return Mono.justOrEmpty(policy.refusing(method(exchange), facts))
                .flatMap(rule -> Mono.error(() -> refusal(route, rule, facts, who)));
    }

    private GatewayException refusal(GatewayRoute route, AccessRule rule, Facts facts, @Nullable Identity who) {
        if (rule.asksForSignInOnly(facts)) {
            return GatewayException.of(ProblemType.STEP_UP_REQUIRED, "rule " + name(route, rule));
        }
        record(who, name(route, rule), false);
        return GatewayException.denied(name(route, rule));
    }

    private static String name(GatewayRoute route, AccessRule rule) {
        return route.id() + "." + route.policy().name(rule);
    }

    private void record(@Nullable Identity who, String rule, boolean shadow) {
        audit.record(new SecurityEvent.AccessDenied(
                who == null ? "" : who.subject(), who == null ? null : who.sid(), rule, shadow));
    }

    private Facts facts(ServerHttpRequest request, @Nullable Identity who, @Nullable AccessToken token) {
        return new Facts(
                who == null ? Map.of() : who.claims(),
                token == null ? Map.of() : claims(token),
                token == null ? Set.of() : Set.copyOf(token.scopes()),
                aliases.ids(),
                addresses.of(request),
                clock.instant());
    }

    /** As the IdP has sent it to us, over TLS; whether a client's own token is good has been seen to before. */
    private static Map<String, Object> claims(AccessToken token) {
        try {
            return JWTParser.parse(token.value()).getJWTClaimsSet().toJSONObject();
        } catch (ParseException opaque) {
            return Map.of();
        }
    }
}
