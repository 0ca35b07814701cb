package io.gatehouse.gateway.access;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.SignInRule;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.Sessions;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Decides whether a request may use its route, before anything else happens to it. It changes neither the request nor
 * the response; it lets a request pass or fails.
 *
 * <p>On public routes the session plays no part, so that another site may post to them.
 */
public final class AccessDecision {

    private final Sessions sessions;
    private final BearerTokens bearerTokens;
    private final CrossSiteRequests crossSiteRequests;
    private final RuleCheck rules;
    private final AuditLog audit;
    private final Clock clock;

    AccessDecision(
            Sessions sessions,
            BearerTokens bearerTokens,
            CrossSiteRequests crossSiteRequests,
            RuleCheck rules,
            AuditLog audit,
            Clock clock) {
        this.sessions = sessions;
        this.bearerTokens = bearerTokens;
        this.crossSiteRequests = crossSiteRequests;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Completes if a request may use the {@linkplain GatewayRoute#of route} that takes it. One with a token of its own
     * never falls back to the session.
     */
    public Mono<Void> decide(ServerWebExchange exchange) {
        return decide(exchange, GatewayRoute.of(exchange));
    }

    private Mono<Void> decide(ServerWebExchange exchange, GatewayRoute route) {
        if (BearerTokens.isSentWith(exchange)) {
            return bearerTokens
                    .current(exchange)
                    .doOnError(GatewayException.is(ProblemType.TOKEN_INVALID), refusal -> record(route, refusal))
                    .doOnNext(bearer -> requireProof(route.signIn(), bearer.identity()))
                    .flatMap(bearer -> rules.ofBearer(exchange, route, bearer));
        }
        return switch (route.access()) {
            case PUBLIC -> rules.ofAnybody(exchange, route);
            case OPTIONAL -> ownSession(exchange, route).then(rules.ofAnybody(exchange, route));
            case AUTHENTICATED ->
                ownSession(exchange, route)
                        .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED)))
                        .doOnNext(session -> requireProof(route.signIn(), session.identity()))
                        .flatMap(session -> rules.ofSession(exchange, route, session));
        };
    }

    private void requireProof(SignInRule rule, Identity who) {
        if (rule.asksForProof() && !rule.isMetBy(who.claims(), clock.instant())) {
            throw GatewayException.of(ProblemType.STEP_UP_REQUIRED);
        }
    }

    private void record(GatewayRoute route, Throwable refusal) {
        audit.record(new SecurityEvent.BearerTokenRefused(route.id(), String.valueOf(refusal.getMessage())));
    }

    /** The session this request acts for. Empty if nobody is signed in. */
    private Mono<BrowserSession> ownSession(ServerWebExchange exchange, GatewayRoute route) {
        Mono<BrowserSession> current = sessions.current(exchange);
        String origin = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ORIGIN);
        boolean isGuarded = route.csrf() && !route.settings().cors().letsAct(origin);
        return isGuarded ? current.flatMap(session -> refuseCrossSite(exchange, session)) : current;
    }

    private Mono<BrowserSession> refuseCrossSite(ServerWebExchange exchange, BrowserSession session) {
        if (!crossSiteRequests.isForbidden(exchange.getRequest())) {
            return Mono.just(session);
        }
        Identity who = session.identity();
        audit.record(new SecurityEvent.CrossSiteRequestRefused(who.subject(), who.sid()));
        return Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
    }
}
