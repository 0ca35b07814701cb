package io.gatehouse.gateway.page;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** {@code GET /auth/logo/...}: the image on every page, for everybody. */
final class LogoEndpoint implements WebHandler {

    private final Logo logo;
    private final OwnAnswers answers;

    LogoEndpoint(Logo logo, OwnAnswers answers) {
        this.logo = logo;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return answers.image(exchange, logo);
    }
}
