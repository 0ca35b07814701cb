package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.UiLocales;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/signed-out}: a page for people who have signed out. It never starts a sign-in by itself. A browser
 * that comes back from the IdP goes on from here if so configured, once for each sign-out; whoever comes back from
 * there, by the back button or by an address of somebody else's gets the page.
 */
final class SignedOutEndpoint implements WebHandler {

    private final OwnAnswers answers;
    private final EndpointPaths paths;
    private final SignedOutMarker signedOut;
    private final LogoutProperties properties;

    SignedOutEndpoint(OwnAnswers answers, EndpointPaths paths, SignedOutMarker signedOut, LogoutProperties properties) {
        this.answers = answers;
        this.paths = paths;
        this.signedOut = signedOut;
        this.properties = properties;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        URI then = properties.next();
        if (then != null && FetchMetadata.isNavigation(exchange.getRequest()) && signedOut.takeOnward(exchange)) {
            return answers.redirect(exchange, then.toString());
        }
        String language = UiLocales.of(exchange)
                .map(locales -> "?ui_locales=" + UriUtils.encode(locales, StandardCharsets.UTF_8))
                .orElse("");
        Page page = Page.titled("signed-out.title")
                .text("signed-out.advice")
                .link("sign-in-again", paths.signIn() + language);
        return answers.page(exchange, HttpStatus.OK, page);
    }
}
