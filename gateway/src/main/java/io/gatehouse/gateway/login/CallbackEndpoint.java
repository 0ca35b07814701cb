package io.gatehouse.gateway.login;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.edge.UiLocales;
import io.gatehouse.gateway.page.Destination;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ClockSkew;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/callback}: the authorization response. It makes a session only for a flow that this browser has
 * begun, that is not too old, and that nobody has finished yet, on this replica or another.
 *
 * <p>The flow cookie stays as it is, so that two tabs that come back at once do not overwrite each other's; what keeps
 * a flow from being finished twice is its mark in Redis. A response that is loaded again, or does not fit, leads
 * somebody who is signed in to their target and shows everybody else how to start over. Where the IdP refuses the code
 * of a flow of this browser, the sign-in is begun anew by itself, a few times.
 */
final class CallbackEndpoint implements WebHandler {

    private final Provider provider;
    private final FlowCookie flowCookie;
    private final SignIns signIns;
    private final SignInStart signInStart;
    private final Sessions sessions;
    private final SignedOutMarker signedOut;
    private final OwnAnswers answers;
    private final AuditLog audit;
    private final ClockSkew clockSkew;

    CallbackEndpoint(
            Provider provider,
            FlowCookie flowCookie,
            SignIns signIns,
            SignInStart signInStart,
            Sessions sessions,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            AuditLog audit,
            ClockSkew clockSkew) {
        this.provider = provider;
        this.flowCookie = flowCookie;
        this.signIns = signIns;
        this.signInStart = signInStart;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.answers = answers;
        this.audit = audit;
        this.clockSkew = clockSkew;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.fromSupplier(
                        () -> AuthorizationResponse.read(exchange.getRequest().getQueryParams()))
                .flatMap(response -> dispatch(exchange, response))
                .doOnError(GatewayException.class, this::recordFailure);
    }

    private Mono<Void> dispatch(ServerWebExchange exchange, AuthorizationResponse response) {
        String state = Objects.requireNonNullElse(response.state(), "");
        Circumstance begun = Circumstance.endOf(state);
        String ownState = begun.untag(state);
        Optional<Flow> flow = flowCookie.read(exchange.getRequest()).find(ownState);
        if (flow.isEmpty()) {
            ProblemType problem = whyUnknown(exchange.getRequest(), ownState, begun);
            return goOn(exchange, ReturnTo.HOME, Mono.error(() -> GatewayException.of(problem)));
        }
        Destination.set(exchange, flow.get().target());
        UiLocales.set(exchange, flow.get().parameters().getOrDefault("ui_locales", ""));
        return provider.metadata().flatMap(metadata -> accept(exchange, response, flow.get(), metadata));
    }

    private ProblemType whyUnknown(ServerHttpRequest request, String state, Circumstance begun) {
        if (!Flow.isShapeOfState(state)) {
            return ProblemType.FLOW_UNKNOWN;
        }
        if (!flowCookie.isSentWith(request)) {
            return begun.problem();
        }
        return flowCookie.isReadable(request) ? ProblemType.FLOW_UNKNOWN : ProblemType.KEYS_DIFFER;
    }

    private Mono<Void> accept(
            ServerWebExchange exchange, AuthorizationResponse response, Flow flow, ProviderMetadata metadata) {
        response.requireIssuer(metadata);
        return signIns.finish(flow, response.requireCode(), exchange.getRequest(), metadata)
                .doOnNext(session -> admit(exchange, session))
                .map(session -> answers.redirect(exchange, flow.target().path()))
                .onErrorResume(
                        GatewayException.is(ProblemType.FLOW_UNKNOWN), refused -> Mono.just(startOver(exchange, flow)))
                .switchIfEmpty(Mono.fromSupplier(() -> goOn(exchange, flow.target(), finished())))
                .flatMap(Function.identity())
                .onErrorMap(GatewayException.is(ProblemType.SIGN_IN_INVALID), this::explain);
    }

    /** The code is not good any more: it was too old, or something has gone wrong on the way that a new one mends. */
    private Mono<Void> startOver(ServerWebExchange exchange, Flow flow) {
        recordFailure(GatewayException.of(ProblemType.FLOW_UNKNOWN, "code refused"));
        return goOn(exchange, flow.target(), signInStart.startOver(exchange, flow));
    }

    private static Mono<Void> finished() {
        return Mono.error(() -> GatewayException.of(ProblemType.FLOW_UNKNOWN, "finished before"));
    }

    /** Nothing the IdP issues is valid here while the clocks are too far apart. */
    private Throwable explain(Throwable invalid) {
        return clockSkew.isTolerable()
                ? invalid
                : GatewayException.of(
                        ProblemType.CLOCKS_APART, "the IdP's clock is ahead by " + clockSkew.current(), invalid);
    }

    private void admit(ServerWebExchange exchange, BrowserSession session) {
        sessions.setCookie(exchange, session);
        signedOut.remove(exchange);
    }

    /** Leads somebody who is signed in to their target. */
    private Mono<Void> goOn(ServerWebExchange exchange, ReturnTo target, Mono<Void> otherwise) {
        return sessions.peek(exchange.getRequest())
                .map(session -> answers.redirect(exchange, target.path()))
                .defaultIfEmpty(otherwise)
                .flatMap(Function.identity());
    }

    private void recordFailure(GatewayException failure) {
        String detail = failure.getMessage();
        audit.record(new SecurityEvent.SignInFailed(failure.type().slug(), detail == null ? "" : detail));
    }
}
