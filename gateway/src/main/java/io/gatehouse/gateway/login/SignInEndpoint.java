package io.gatehouse.gateway.login;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** {@code GET /auth/sign-in}: starts an authorization request, also for somebody who is signed in already. */
final class SignInEndpoint implements WebHandler {

    private final SignInParameters parameters;
    private final SignInStart signInStart;

    SignInEndpoint(SignInParameters parameters, SignInStart signInStart) {
        this.parameters = parameters;
        this.signInStart = signInStart;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> read(exchange.getRequest()))
                .flatMap(request -> signInStart.start(exchange, request));
    }

    private SignInRequest read(ServerHttpRequest request) {
        return parameters.read(request.getQueryParams(), request.getHeaders().getFirst(HttpHeaders.HOST));
    }
}
