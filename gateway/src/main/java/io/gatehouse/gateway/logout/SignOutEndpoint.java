package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final PublicUrl publicUrl;
    private final EndpointPaths paths;

    SignOutEndpoint(
            Sessions sessions,
            SignOut signOut,
            EndSession endSession,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        this.sessions = sessions;
        this.signOut = signOut;
        this.endSession = endSession;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
        this.publicUrl = publicUrl;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod().equals(HttpMethod.POST)) {
            return crossSiteRequests.mayAct(request)
                    ? SignOutRequest.of(exchange).flatMap(asked -> signOut(exchange, asked))
                    : Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
        }
        return FetchMetadata.isSameOriginUserNavigation(request)
                ? signOut(exchange, SignOutRequest.HERE)
                : ask(exchange);
    }

    /** Ends the session if there is one. If not, the IdP is asked to sign the person out only if they said so. */
    private Mono<Void> signOut(ServerWebExchange exchange, SignOutRequest asked) {
        return end(exchange, asked)
                .switchIfEmpty(Mono.defer(() -> asked.confirmed() ? endSession.location(null) : Mono.empty()))
                .map(location -> answer(exchange, location))
                .switchIfEmpty(Mono.fromSupplier(() -> ask(exchange)))
                .flatMap(Function.identity());
    }

    /** Where to go next, once the session is gone. Empty if there is none. */
    private Mono<String> end(ServerWebExchange exchange, SignOutRequest asked) {
        // Nobody knows whose other sessions to end if this one cannot be read.
        Predicate<Throwable> leavable =
                GatewayException.is(ProblemType.SESSION_UNREADABLE).and(failure -> !asked.everywhere());
        return sessions.peek(exchange.getRequest())
                .flatMap(session -> end(session, asked)
                        .then(endSession.location(session.tokens().idToken())))
                .onErrorResume(leavable, failure -> endUnreadable(exchange));
    }

    private Mono<Void> end(BrowserSession session, SignOutRequest asked) {
        return asked.everywhere() ? signOut.endEverywhere(session) : signOut.end(session);
    }

    private Mono<String> endUnreadable(ServerWebExchange exchange) {
        return signOut.endUnreadable(exchange.getRequest()).then(endSession.location(null));
    }

    private Mono<Void> answer(ServerWebExchange exchange, String location) {
        signOut.forget(exchange);
        return FetchMetadata.wantsPage(exchange.getRequest())
                ? answers.redirect(exchange, location)
                : answers.json(exchange, HttpStatus.OK, Map.of("signOutUrl", location));
    }

    /** A person gets a question; a script gets the address where a person is asked. */
    private Mono<Void> ask(ServerWebExchange exchange) {
        if (FetchMetadata.isFromScript(exchange.getRequest())) {
            Map<String, String> body = Map.of("signOutUrl", publicUrl.resolve(paths.signOut()));
            return answers.json(exchange, HttpStatus.OK, body);
        }
        return Mono.zip(isSignedIn(exchange.getRequest()), endSession.location(null), this::question)
                .flatMap(question -> answers.page(exchange, HttpStatus.OK, question));
    }

    /** Only for what is offered: whoever cannot be looked up now may sign out of this browser all the same. */
    private Mono<Boolean> isSignedIn(ServerHttpRequest request) {
        return sessions.peek(request).hasElement().onErrorReturn(GatewayException.class, false);
    }

    private Page question(boolean signedIn, String next) {
        String confirmed = paths.signOut() + "?confirmed=true";
        Page page = Page.titled("sign-out.title")
                .text("sign-out.advice")
                .button("sign-out", confirmed, endSession.stations(next));
        if (signedIn) {
            page.text("sign-out.everywhere.advice").button("sign-out.everywhere", confirmed, "everywhere", "true");
        }
        return page.link("sign-out.stay", "/");
    }
}
