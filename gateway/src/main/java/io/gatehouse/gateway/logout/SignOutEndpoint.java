package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET|POST /auth/sign-out}. A form or script of our own origin signs out at once, and so does a link that a
 * person follows on one of our pages. Everything else, such as a link in a mail or an image on another site, gets a
 * question first: without a session too, because the IdP would sign the person out of every application.
 */
final class SignOutEndpoint implements WebHandler {

    private final Sessions sessions;
    private final SignOut signOut;
    private final EndSession endSession;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    SignOutEndpoint(
            Sessions sessions,
            SignOut signOut,
            EndSession endSession,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        this.sessions = sessions;
        this.signOut = signOut;
        this.endSession = endSession;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod().equals(HttpMethod.POST)) {
            return crossSiteRequests.isOurOwn(request)
                    ? signOut(exchange)
                    : Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
        }
        return FetchMetadata.isSameOriginUserNavigation(request)
                ? sessions.peek(request).hasElement().flatMap(signedIn -> signedIn ? signOut(exchange) : ask(exchange))
                : ask(exchange);
    }

    private Mono<Void> signOut(ServerWebExchange exchange) {
        return sessions.peek(exchange.getRequest())
                .flatMap(session -> end(exchange, session))
                .switchIfEmpty(Mono.defer(() -> forget(exchange)))
                .flatMap(location -> answer(exchange, location));
    }

    /** Where to go next, once the session is gone. */
    private Mono<String> end(ServerWebExchange exchange, BrowserSession session) {
        return signOut.end(exchange, session)
                .then(endSession.location(session.tokens().idToken()));
    }

    private Mono<String> forget(ServerWebExchange exchange) {
        signOut.forget(exchange);
        return endSession.location(null);
    }

    private Mono<Void> answer(ServerWebExchange exchange, String location) {
        return FetchMetadata.wantsPage(exchange.getRequest())
                ? answers.redirect(exchange, location)
                : answers.json(exchange, HttpStatus.OK, Map.of("signOutUrl", location));
    }

    private Mono<Void> ask(ServerWebExchange exchange) {
        return endSession.location(null).flatMap(next -> answers.page(exchange, HttpStatus.OK, question(next)));
    }

    private Page question(String next) {
        return Page.titled("Sign out?")
                .text("You will be signed out of this application and of every other one you reached with the same"
                        + " sign-in.")
                .button("Sign out", paths.signOut(), URI.create(next))
                .link("Stay signed in", "/");
    }
}
