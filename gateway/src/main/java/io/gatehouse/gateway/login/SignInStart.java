package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.Destination;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sends a browser to the IdP. All that is remembered of it goes with the browser: nothing is written to Redis. */
final class SignInStart {

    private final Provider provider;
    private final AuthorizationRequests requests;
    private final FlowCookie flowCookie;
    private final SignInRounds rounds;
    private final Sessions sessions;
    private final SignedOutMarker signedOut;
    private final OwnAnswers answers;
    private final PublicUrl publicUrl;
    private final SecureRandom random;
    private final Clock clock;

    SignInStart(
            Provider provider,
            AuthorizationRequests requests,
            FlowCookie flowCookie,
            SignInRounds rounds,
            Sessions sessions,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            PublicUrl publicUrl,
            SecureRandom random,
            Clock clock) {
        this.provider = provider;
        this.requests = requests;
        this.flowCookie = flowCookie;
        this.rounds = rounds;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.answers = answers;
        this.publicUrl = publicUrl;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Redirects to the authorization endpoint. Fails with {@link ProblemType#PROVIDER_UNAVAILABLE} if it is not known
     * yet, with {@link ProblemType#SIGN_IN_REQUIRED} in a frame, and as {@link SignInRounds} says if this browser goes
     * round in circles.
     */
    Mono<Void> start(ServerWebExchange exchange, SignInRequest request) {
        Flows flows = flowCookie.read(exchange.getRequest());
        return start(exchange, request, rounds.admit(exchange.getRequest(), flows));
    }

    /** The same, once more for somebody whose code was refused. */
    Mono<Void> startOver(ServerWebExchange exchange, Flow refused) {
        Flows flows = flowCookie.read(exchange.getRequest());
        return start(exchange, refused.again(), rounds.admitAfterRefusal(exchange.getRequest(), flows));
    }

    private Mono<Void> start(ServerWebExchange exchange, SignInRequest request, Mono<Void> admission) {
        Destination.set(exchange, request.target());
        if (FetchMetadata.isFrame(exchange.getRequest())) {
            // The IdP's pages refuse to be framed, and the cookie of a sign-in would take the place of others.
            return Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED, "asked for by a frame"));
        }
        return admission
                .then(Mono.defer(provider::metadata))
                .flatMap(metadata -> redirect(exchange, request, metadata));
    }

    private Mono<Void> redirect(ServerWebExchange exchange, SignInRequest request, ProviderMetadata metadata) {
        ServerHttpRequest sent = exchange.getRequest();
        boolean credentials = signedOut.signedOutAt(sent).isPresent();
        SignInRequest asked = credentials ? request.withCredentials() : request;
        Flow flow = Flow.begin(random, clock.instant(), asked, sessions.nameIn(sent));
        flowCookie.write(exchange, flowCookie.read(sent).with(flow));
        String state = Circumstance.of(sent, publicUrl).tag(flow.state());
        return answers.redirect(exchange, requests.of(flow, state, metadata).getAuthorizationRequestUri());
    }
}
