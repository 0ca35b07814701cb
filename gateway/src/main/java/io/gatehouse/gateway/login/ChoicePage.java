package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.Form;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.route.SignInRule;
import java.net.URI;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks somebody who is not signed in how they want to: by their e-mail address, by a connector, or otherwise. */
final class ChoicePage {

    private final LoginProperties login;
    private final Connectors connectors;
    private final Provider provider;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    ChoicePage(
            LoginProperties login, Connectors connectors, Provider provider, OwnAnswers answers, EndpointPaths paths) {
        this.login = login;
        this.connectors = connectors;
        this.provider = provider;
        this.answers = answers;
        this.paths = paths;
    }

    /** Whether people who come to a route like this have a choice. */
    boolean isFor(SignInRule rule) {
        return login.choice() && rule.connector().isEmpty() && login.connector().isEmpty();
    }

    Mono<Void> show(ServerWebExchange exchange, ReturnTo target) {
        return provider.metadata()
                .flatMap(metadata -> answers.page(exchange, HttpStatus.UNAUTHORIZED, page(target, metadata)));
    }

    private Page page(ReturnTo target, ProviderMetadata metadata) {
        Form byAddress = Form.get("choice.continue", paths.signIn())
                .email("login_hint", "choice.email")
                .hidden("return_to", target.path())
                .leadsTo(URI.create(metadata.authorizationEndpoint()));
        Page page = Page.titled("choice.title").text("choice.advice").form(byAddress);
        String link = paths.signIn() + "?return_to=" + target.encoded();
        new TreeMap<>(connectors.idsByAlias())
                .forEach((alias, id) -> page.link("choice.connector", link + "&connector=" + alias, alias));
        return page.link("choice.other", link);
    }
}
