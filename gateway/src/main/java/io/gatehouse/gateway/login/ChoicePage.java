package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.Form;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
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

    /** Whether people are to choose, where nothing else has decided. */
    boolean isOffered() {
        return login.choice();
    }

    /**
     * Asks.
     *
     * @param query what else the sign-in has to know: parameters of the sign-in endpoint
     */
    Mono<Void> show(ServerWebExchange exchange, Map<String, String> query) {
        return provider.metadata()
                .flatMap(metadata -> answers.page(exchange, HttpStatus.UNAUTHORIZED, page(query, metadata)));
    }

    private Page page(Map<String, String> query, ProviderMetadata metadata) {
        Form byAddress = Form.get("choice.continue", paths.signIn())
                .email("login_hint", "choice.email")
                .leadsTo(URI.create(metadata.authorizationEndpoint()));
        query.forEach(byAddress::hidden);
        Page page = Page.titled("choice.title").text("choice.advice").form(byAddress);
        String link = query.entrySet().stream()
                .map(it -> it.getKey() + "=" + UriUtils.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", paths.signIn() + "?", ""));
        new TreeMap<>(connectors.idsByAlias())
                .forEach((alias, id) -> page.link("choice.connector", link + "&connector=" + alias, alias));
        return page.link("choice.other", link + "&choice=false");
    }
}
