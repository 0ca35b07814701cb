package io.gatehouse.gateway.device;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code POST /auth/sessions/end}: ends one of the person's own sessions ({@code handle}) or all but this one
 * ({@code others=true}). A form gets back to the page, a script the number of those that have ended. Only pages of this
 * origin may ask.
 */
final class EndSessionsEndpoint implements WebHandler {

    private final Sessions sessions;
    private final OwnSessions ownSessions;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    EndSessionsEndpoint(
            Sessions sessions,
            OwnSessions ownSessions,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        this.sessions = sessions;
        this.ownSessions = ownSessions;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        if (!crossSiteRequests.isOurOwn(exchange.getRequest())) {
            return Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
        }
        return sessions.current(exchange)
                .map(current -> end(exchange, current))
                .defaultIfEmpty(signedOut(exchange))
                .flatMap(Function.identity());
    }

    private Mono<Void> end(ServerWebExchange exchange, BrowserSession current) {
        return SentForm.fields(exchange)
                .flatMap(fields -> end(current, fields))
                .flatMap(ended -> answer(exchange, ended));
    }

    private Mono<Long> end(BrowserSession current, MultiValueMap<String, String> fields) {
        List<String> handles = fields.getOrDefault("handle", List.of());
        if (fields.size() == 1 && handles.size() == 1) {
            // A name alone, without "=", has no value.
            return ownSessions.end(current, Objects.requireNonNullElse(handles.getFirst(), ""));
        }
        if (fields.size() == 1 && List.of("true").equals(fields.get("others"))) {
            return ownSessions.endOthers(current);
        }
        return Mono.error(() -> GatewayException.of(ProblemType.INVALID_REQUEST, "neither handle nor others=true"));
    }

    private Mono<Void> answer(ServerWebExchange exchange, long ended) {
        return FetchMetadata.wantsPage(exchange.getRequest())
                ? answers.redirect(exchange, paths.sessions())
                : answers.json(exchange, HttpStatus.OK, Map.of("ended", ended));
    }

    /**
     * A person whose session has ended meanwhile is told so. Sent on to the IdP they would see nothing at all, because
     * browsers hold the redirects of a form against the content security policy of its page.
     */
    private Mono<Void> signedOut(ServerWebExchange exchange) {
        return FetchMetadata.wantsPage(exchange.getRequest())
                ? answers.redirect(exchange, paths.signedOut())
                : Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED));
    }
}
