package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** {@code GET /auth/assets/expiry-notice.js}: a script that tells people before their session ends, for any page. */
final class ExpiryNoticeEndpoint implements WebHandler {

    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final List<String> TEXTS = List.of("notice.soon", "notice.stay", "notice.over", "sign-in-again");

    private final OwnAnswers answers;
    private final String script;

    ExpiryNoticeEndpoint(OwnAnswers answers, EndpointPaths paths) {
        this.answers = answers;
        this.script = resource()
                .replace("{{session}}", paths.session())
                .replace("{{signIn}}", paths.signIn())
                .replace("{{texts}}", answers.texts(TEXTS));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return answers.script(exchange, script, MAX_AGE);
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(
                ExpiryNoticeEndpoint.class.getResourceAsStream("expiry-notice.js"), "expiry-notice.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
