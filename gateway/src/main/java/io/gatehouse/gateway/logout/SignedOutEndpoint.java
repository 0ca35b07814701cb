package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** {@code GET /auth/signed-out}: a page for people who have signed out. It never starts a sign-in by itself. */
final class SignedOutEndpoint implements WebHandler {

    private final OwnAnswers answers;
    private final EndpointPaths paths;

    SignedOutEndpoint(OwnAnswers answers, EndpointPaths paths) {
        this.answers = answers;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        Page page = Page.titled("signed-out.title").text("signed-out.advice").link("sign-in-again", paths.signIn());
        return answers.page(exchange, HttpStatus.OK, page);
    }
}
