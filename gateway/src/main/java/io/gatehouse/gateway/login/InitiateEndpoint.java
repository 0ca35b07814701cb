package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.provider.ProviderAccount;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET|POST /auth/initiate}: a sign-in that starts somewhere else, such as at a tile on the company's portal
 * (OpenID Connect Core 1.0, section 4). It leads to an ordinary sign-in of this browser and takes nothing over from the
 * request but where to go.
 */
final class InitiateEndpoint implements WebHandler {

    private final SignInParameters parameters;
    private final SignInStart signInStart;
    private final ProviderAccount account;

    InitiateEndpoint(SignInParameters parameters, SignInStart signInStart, ProviderAccount account) {
        this.parameters = parameters;
        this.signInStart = signInStart;
        this.account = account;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return sent(exchange)
                .map(values -> parameters.readInitiation(values, account.issuer()))
                .flatMap(request -> signInStart.start(exchange, request));
    }

    private static Mono<MultiValueMap<String, String>> sent(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST)
                ? SentForm.fields(exchange)
                : Mono.just(exchange.getRequest().getQueryParams());
    }
}
