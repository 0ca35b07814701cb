package io.gatehouse.gateway.login;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/callback}: the authorization response. It makes a session only for a flow that this browser has
 * begun, that is not too old, and that nobody has finished yet, on this replica or another.
 *
 * <p>The flow cookie stays as it is, so that two tabs that come back at once do not overwrite each other's; what keeps
 * a flow from being finished twice is its mark in Redis. A response that is loaded again, or does not fit, leads
 * somebody who is signed in to their target and shows everybody else how to start over.
 */
final class CallbackEndpoint implements WebHandler {

    private final Provider provider;
    private final FlowCookie flowCookie;
    private final SignIns signIns;
    private final Sessions sessions;
    private final SignedOutMarker signedOut;
    private final OwnAnswers answers;
    private final AuditLog audit;

    CallbackEndpoint(
            Provider provider,
            FlowCookie flowCookie,
            SignIns signIns,
            Sessions sessions,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            AuditLog audit) {
        this.provider = provider;
        this.flowCookie = flowCookie;
        this.signIns = signIns;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.answers = answers;
        this.audit = audit;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.fromSupplier(
                        () -> AuthorizationResponse.read(exchange.getRequest().getQueryParams()))
                .flatMap(response -> dispatch(exchange, response))
                .doOnError(GatewayException.class, this::recordFailure);
    }

    private Mono<Void> dispatch(ServerWebExchange exchange, AuthorizationResponse response) {
        Flows flows = flowCookie.read(exchange.getRequest());
        Optional<Flow> flow = Optional.ofNullable(response.state()).flatMap(flows::find);
        if (flow.isEmpty()) {
            return goOnIfSignedIn(exchange, ReturnTo.HOME);
        }
        return provider.metadata().flatMap(metadata -> accept(exchange, response, flow.get(), metadata));
    }

    private Mono<Void> accept(
            ServerWebExchange exchange, AuthorizationResponse response, Flow flow, ProviderMetadata metadata) {
        response.requireIssuer(metadata);
        return signIns.finish(flow, response.requireCode(), exchange.getRequest(), metadata)
                .doOnNext(session -> admit(exchange, session))
                .map(session -> answers.redirect(exchange, flow.target().path()))
                .switchIfEmpty(Mono.fromSupplier(() -> goOnIfSignedIn(exchange, flow.target())))
                .flatMap(Function.identity());
    }

    private void admit(ServerWebExchange exchange, BrowserSession session) {
        sessions.setCookie(exchange, session);
        signedOut.remove(exchange);
    }

    private Mono<Void> goOnIfSignedIn(ServerWebExchange exchange, ReturnTo target) {
        return sessions.peek(exchange.getRequest())
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.FLOW_UNKNOWN)))
                .flatMap(session -> answers.redirect(exchange, target.path()));
    }

    private void recordFailure(GatewayException failure) {
        String detail = failure.getMessage();
        audit.record(new SecurityEvent.SignInFailed(failure.type().slug(), detail == null ? "" : detail));
    }
}
