package io.gatehouse.gateway.organization;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code POST /auth/organization}: the person acts for another one of their organizations from now on, in all tabs. The
 * form has {@code organization}, an id or an alias, and may have {@code return_to}. A form leads there, a script gets
 * the id. Only pages of this origin may ask.
 */
final class OrganizationEndpoint implements WebHandler {

    private final Sessions sessions;
    private final Organizations organizations;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;

    OrganizationEndpoint(
            Sessions sessions, Organizations organizations, CrossSiteRequests crossSiteRequests, OwnAnswers answers) {
        this.sessions = sessions;
        this.organizations = organizations;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        if (!crossSiteRequests.isOurOwn(exchange.getRequest())) {
            return Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
        }
        return sessions.current(exchange)
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED)))
                .zipWith(SentForm.fields(exchange).map(OrganizationEndpoint::choice))
                .flatMap(sent -> choose(exchange, sent.getT1(), sent.getT2()));
    }

    private Mono<Void> choose(ServerWebExchange exchange, BrowserSession session, Choice choice) {
        return organizations
                .member(session, choice.organization())
                .delayUntil(id -> keep(session, id))
                .flatMap(id -> answer(exchange, id, choice.returnTo()));
    }

    private Mono<BrowserSession> keep(BrowserSession session, String id) {
        return sessions.change(session, newest -> newest.in(id))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED)));
    }

    private Mono<Void> answer(ServerWebExchange exchange, String id, ReturnTo returnTo) {
        return FetchMetadata.wantsPage(exchange.getRequest())
                ? answers.redirect(exchange, returnTo.path())
                : answers.json(exchange, HttpStatus.OK, Map.of("organization", id));
    }

    private static Choice choice(MultiValueMap<String, String> fields) {
        List<String> named = fields.getOrDefault("organization", List.of());
        List<String> targets = fields.getOrDefault("return_to", List.of());
        if (named.size() != 1 || named.getFirst() == null || targets.size() > 1) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "one organization is needed");
        }
        return new Choice(named.getFirst(), ReturnTo.orHome(targets.isEmpty() ? null : targets.getFirst()));
    }

    private record Choice(String organization, ReturnTo returnTo) {}
}
