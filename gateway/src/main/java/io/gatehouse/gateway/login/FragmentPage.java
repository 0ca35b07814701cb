package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stands between a page and the sign-in for as long as it takes to read what follows {@code #} in the address, which
 * browsers send to nobody. Without script the page loads the sign-in by itself, and only the fragment is lost.
 */
final class FragmentPage {

    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String SCRIPT = """
        'use strict';
        {
          const next = new URL(document.querySelector('a.action.first').href);
          if (location.hash.length > 1) {
            next.searchParams.set('return_to', next.searchParams.get('return_to') + location.hash);
          }
          location.replace(next);
        }
        """;

    private final OwnAnswers answers;
    private final EndpointPaths paths;

    FragmentPage(OwnAnswers answers, EndpointPaths paths) {
        this.answers = answers;
        this.paths = paths;
    }

    Mono<Void> show(ServerWebExchange exchange, ReturnTo target) {
        String next = paths.signIn() + "?return_to=" + target.encoded();
        Page page = Page.titled("fragment.title")
                .link("form.sign-in", next)
                .script(paths.keepFragment())
                .goOnAfter(PATIENCE, next);
        return answers.page(exchange, HttpStatus.UNAUTHORIZED, page);
    }

    /** {@code GET /auth/assets/keep-fragment.js}: the script of the page. */
    Endpoint script() {
        return new Endpoint(
                paths.keepFragment(), Endpoint.LOOKING, exchange -> answers.script(exchange, SCRIPT, MAX_AGE));
    }
}
