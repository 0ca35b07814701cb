package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.page.OwnAnswers;
import java.time.Duration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** {@code GET /auth/jwks}: the public keys of the identity assertion, for upstreams; none if there are none. */
final class JwksEndpoint implements WebHandler {

    /** As long as an assertion lives: so a rotation waits for a minute at every step. */
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final AssertionKeys keys;
    private final OwnAnswers answers;

    JwksEndpoint(AssertionKeys keys, OwnAnswers answers) {
        this.keys = keys;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return answers.keys(exchange, keys.published(), MAX_AGE);
    }
}
