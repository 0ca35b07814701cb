package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderAccount;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ResponseStatusException;
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
                ? Mono.defer(exchange::getFormData).onErrorMap(InitiateEndpoint::unreadable)
                : Mono.just(exchange.getRequest().getQueryParams());
    }

    private static Throwable unreadable(Throwable failure) {
        return switch (failure) {
            case DataBufferLimitException tooLarge ->
                new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, null, tooLarge);
            // A broken percent sign, an unknown character set.
            case IllegalArgumentException malformed ->
                GatewayException.of(ProblemType.INVALID_REQUEST, "unreadable form", malformed);
            case DecodingException malformed ->
                GatewayException.of(ProblemType.INVALID_REQUEST, "unreadable form", malformed);
            default -> failure;
        };
    }
}
