package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/session}: who is signed in, and for how long, for scripts. Asking does not keep a session alive, so
 * that a page can count down; {@code ?extend=true} does. There is never a token in it.
 */
final class SessionEndpoint implements WebHandler {

    private final Sessions sessions;
    private final OwnAnswers answers;
    private final PublicUrl publicUrl;
    private final EndpointPaths paths;

    SessionEndpoint(Sessions sessions, OwnAnswers answers, PublicUrl publicUrl, EndpointPaths paths) {
        this.sessions = sessions;
        this.answers = answers;
        this.publicUrl = publicUrl;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return session(exchange.getRequest())
                .map(this::signedIn)
                .defaultIfEmpty(signedOut())
                .flatMap(body -> answers.json(exchange, HttpStatus.OK, body));
    }

    private Mono<BrowserSession> session(ServerHttpRequest request) {
        boolean extend = "true".equals(request.getQueryParams().getFirst("extend"));
        return extend ? sessions.extend(request) : sessions.peek(request);
    }

    private Map<String, Object> signedIn(BrowserSession session) {
        Identity who = session.identity();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("signedIn", true);
        body.put("subject", who.subject());
        body.put("name", who.text("name").orElse(null));
        body.put("email", who.text("email").orElse(null));
        body.put("roles", who.texts("roles"));
        body.put("organizations", who.texts("organizations"));
        body.put("organization", session.currentOrganization().orElse(null));
        body.put("idleSeconds", sessions.idleTimeLeft(session).toSeconds());
        body.put("absoluteSeconds", sessions.lifetimeLeft(session).toSeconds());
        body.put("signOutUrl", publicUrl.resolve(paths.signOut()));
        return body;
    }

    private Map<String, Object> signedOut() {
        return Map.of("signedIn", false, "signInUrl", publicUrl.resolve(paths.signIn()));
    }
}
