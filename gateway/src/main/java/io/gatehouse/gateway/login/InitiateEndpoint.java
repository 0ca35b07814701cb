package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * {@code GET|POST /auth/initiate}: a sign-in that starts somewhere else, such as at a tile on the company's portal
 * (OpenID Connect Core 1.0, section 4). It leads to an ordinary sign-in of this browser and takes nothing over from the
 * request but where to go and by which connector. A form that another site sends is answered with the same as a link:
 * the browser leaves our cookies out of it, and with them the sign-ins of its other tabs.
 *
 * <p>Without any parameter it brings a tab home that got stuck at the IdP, because another one has finished the sign-in
 * of both: Logto sends it here if this address is its {@code unknownSessionRedirectUrl}. Whoever is signed in by then
 * goes to the page that tab had wanted, and everybody else begins to sign in again.
 */
final class InitiateEndpoint implements WebHandler {

    private static final List<String> PARAMETERS = List.of("iss", "login_hint", "target_link_uri", "ssoConnectorId");

    private final SignInParameters parameters;
    private final SignInStart signInStart;
    private final PendingFlows pending;
    private final Sessions sessions;
    private final ProviderAccount account;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    InitiateEndpoint(
            SignInParameters parameters,
            SignInStart signInStart,
            PendingFlows pending,
            Sessions sessions,
            ProviderAccount account,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        this.parameters = parameters;
        this.signInStart = signInStart;
        this.pending = pending;
        this.sessions = sessions;
        this.account = account;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return sent(exchange).flatMap(values -> start(exchange, values));
    }

    private Mono<Void> start(ServerWebExchange exchange, MultiValueMap<String, String> values) {
        ServerHttpRequest request = exchange.getRequest();
        boolean isStuck = PARAMETERS.stream().noneMatch(values::containsKey);
        Mono<Void> answer = isStuck ? comeHome(exchange) : signInStart.start(exchange, read(values, request));
        return crossSiteRequests.isForbidden(request) ? answers.redirect(exchange, link(values)) : answer;
    }

    private SignInRequest read(MultiValueMap<String, String> values, ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return parameters.readInitiation(values, account.issuer(), host);
    }

    private String link(MultiValueMap<String, String> values) {
        return PARAMETERS.stream()
                .flatMap(name -> values.getOrDefault(name, List.of()).stream().map(value -> pair(name, value)))
                .collect(Collectors.joining("&", paths.initiate() + "?", ""));
    }

    private static String pair(String name, String value) {
        return name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    private Mono<Void> comeHome(ServerWebExchange exchange) {
        return sessions.peek(exchange.getRequest())
                .flatMap(session -> pending.take(exchange.getRequest()).defaultIfEmpty(ReturnTo.HOME))
                .map(target -> answers.redirect(exchange, target.path()))
                .defaultIfEmpty(signIn(exchange))
                .flatMap(Function.identity());
    }

    private Mono<Void> signIn(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> again(exchange.getRequest()))
                .flatMap(request -> signInStart.start(exchange, request));
    }

    private SignInRequest again(ServerHttpRequest request) {
        return pending.newest(request).map(Flow::again).orElseGet(() -> parameters.to(ReturnTo.HOME, request));
    }

    private static Mono<MultiValueMap<String, String>> sent(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                ? SentForm.fields(exchange)
                : Mono.just(exchange.getRequest().getQueryParams());
    }
}
