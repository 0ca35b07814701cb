package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.session.Sessions;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET|POST /auth/initiate}: a sign-in that starts somewhere else, such as at a tile on the company's portal
 * (OpenID Connect Core 1.0, section 4). It leads to an ordinary sign-in of this browser and takes nothing over from the
 * request but where to go.
 *
 * <p>Without any parameter it brings a tab home that got stuck at the IdP, because another one has finished the sign-in
 * of both: Logto sends it here if this address is its {@code unknownSessionRedirectUrl}. Whoever is signed in by then
 * goes to the page that tab had wanted, and everybody else begins to sign in again.
 */
final class InitiateEndpoint implements WebHandler {

    private final SignInParameters parameters;
    private final SignInStart signInStart;
    private final PendingFlows pending;
    private final Sessions sessions;
    private final ProviderAccount account;
    private final OwnAnswers answers;

    InitiateEndpoint(
            SignInParameters parameters,
            SignInStart signInStart,
            PendingFlows pending,
            Sessions sessions,
            ProviderAccount account,
            OwnAnswers answers) {
        this.parameters = parameters;
        this.signInStart = signInStart;
        this.pending = pending;
        this.sessions = sessions;
        this.account = account;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return sent(exchange).flatMap(values -> values.isEmpty() ? comeHome(exchange) : initiate(exchange, values));
    }

    private Mono<Void> initiate(ServerWebExchange exchange, MultiValueMap<String, String> values) {
        return Mono.fromSupplier(() -> parameters.readInitiation(values, account.issuer()))
                .flatMap(request -> signInStart.start(exchange, request));
    }

    private Mono<Void> comeHome(ServerWebExchange exchange) {
        return sessions.peek(exchange.getRequest())
                .flatMap(session -> pending.take(exchange.getRequest()).defaultIfEmpty(ReturnTo.HOME))
                .map(target -> answers.redirect(exchange, target.path()))
                .defaultIfEmpty(signIn(exchange))
                .flatMap(Function.identity());
    }

    private Mono<Void> signIn(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> parameters.to(pending.newest(exchange.getRequest()), exchange.getRequest()))
                .flatMap(request -> signInStart.start(exchange, request));
    }

    private static Mono<MultiValueMap<String, String>> sent(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                ? SentForm.fields(exchange)
                : Mono.just(exchange.getRequest().getQueryParams());
    }
}
