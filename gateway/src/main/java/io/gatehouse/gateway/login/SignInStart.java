package io.gatehouse.gateway.login;

import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sends a browser to the IdP. All that is remembered of it goes with the browser: nothing is written to Redis. */
final class SignInStart {

    private final Provider provider;
    private final AuthorizationRequests requests;
    private final FlowCookie flowCookie;
    private final SignedOutMarker signedOut;
    private final OwnAnswers answers;
    private final SecureRandom random;
    private final Clock clock;

    SignInStart(
            Provider provider,
            AuthorizationRequests requests,
            FlowCookie flowCookie,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            SecureRandom random,
            Clock clock) {
        this.provider = provider;
        this.requests = requests;
        this.flowCookie = flowCookie;
        this.signedOut = signedOut;
        this.answers = answers;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Redirects to the authorization endpoint. Fails with {@link ProblemType#PROVIDER_UNAVAILABLE} if it is not known
     * yet.
     */
    Mono<Void> start(ServerWebExchange exchange, SignInRequest request) {
        return provider.metadata().flatMap(metadata -> redirect(exchange, request, metadata));
    }

    private Mono<Void> redirect(ServerWebExchange exchange, SignInRequest request, ProviderMetadata metadata) {
        boolean reauthenticate = request.reauthenticate()
                || signedOut.signedOutAt(exchange.getRequest()).isPresent();
        Flow flow = Flow.begin(random, clock.instant(), request.target(), reauthenticate);
        flowCookie.write(exchange, flowCookie.read(exchange.getRequest()).with(flow));
        return answers.redirect(
                exchange, requests.of(flow, request.parameters(), metadata).getAuthorizationRequestUri());
    }
}
