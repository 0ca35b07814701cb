package io.gatehouse.gateway.webhook;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code POST /auth/webhooks/logto}: Logto says that an account has changed. What proves it is an HMAC over the body as
 * it came, in the header {@value #SIGNATURE}; a cookie counts for nothing.
 *
 * <p>Answers 200 to everything that is Logto's, also to what it does not need or has had before; 401 without a good
 * signature, 400 for what is malformed or too old, and 503 where Logto should try again.
 */
final class WebhookEndpoint implements WebHandler {

    private static final String SIGNATURE = "logto-signature-sha-256";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Logto names up to 5,000 members of an organization in each of four lists, which is 470 KB. */
    private static final int MAX_BYTES = 512 * 1024;

    private final SigningKeys keys;
    private final Webhooks webhooks;
    private final OwnAnswers answers;
    private final AuditLog audit;

    WebhookEndpoint(SigningKeys keys, Webhooks webhooks, OwnAnswers answers, AuditLog audit) {
        this.keys = keys;
        this.webhooks = webhooks;
        this.answers = answers;
        this.audit = audit;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return signedBody(exchange.getRequest())
                .flatMap(webhooks::handle)
                .doOnError(GatewayException.class, this::recordRefusal)
                .then(answers.done(exchange));
    }

    /** The body is not even read for what cannot be a signature. */
    private Mono<byte[]> signedBody(ServerHttpRequest request) {
        List<String> sent = request.getHeaders().getOrEmpty(SIGNATURE);
        if (sent.size() != 1 || !SHA_256.matcher(sent.getFirst()).matches()) {
            return unsigned();
        }
        byte[] signature = HexFormat.of().parseHex(sent.getFirst());
        return body(request).filter(body -> keys.haveSigned(body, signature)).switchIfEmpty(unsigned());
    }

    private static Mono<byte[]> unsigned() {
        return Mono.error(() -> GatewayException.of(ProblemType.SIGNATURE_INVALID));
    }

    private static Mono<byte[]> body(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), MAX_BYTES)
                .map(WebhookEndpoint::bytes)
                .onErrorMap(
                        DataBufferLimitException.class,
                        tooLarge -> GatewayException.of(ProblemType.CONTENT_TOO_LARGE, tooLarge));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private void recordRefusal(GatewayException failure) {
        if (failure.type().status().is4xxClientError()) {
            String detail = failure.getMessage();
            audit.record(new SecurityEvent.WebhookRefused(failure.type().slug(), detail == null ? "" : detail));
        }
    }
}
