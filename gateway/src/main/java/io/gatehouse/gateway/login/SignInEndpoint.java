package io.gatehouse.gateway.login;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/sign-in}: starts an authorization request, also for somebody who is signed in already. Where people
 * are to choose how they sign in, and the link leaves it open, they are asked first.
 */
final class SignInEndpoint implements WebHandler {

    private final SignInParameters parameters;
    private final SignInStart signInStart;
    private final ChoicePage choice;

    SignInEndpoint(SignInParameters parameters, SignInStart signInStart, ChoicePage choice) {
        this.parameters = parameters;
        this.signInStart = signInStart;
        this.choice = choice;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.defer(() -> start(exchange));
    }

    private Mono<Void> start(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        MultiValueMap<String, String> query = request.getQueryParams();
        SignInRequest asked = parameters.read(query, request.getHeaders().getFirst(HttpHeaders.HOST));
        Map<String, String> undecided = parameters.undecided(query, asked);
        return choice.isOffered() && !undecided.isEmpty()
                ? choice.show(exchange, undecided)
                : signInStart.start(exchange, asked);
    }
}
