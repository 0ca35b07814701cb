package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The form that a request for one of the gateway's own endpoints carries. */
public final class SentForm {

    private SentForm() {}

    /**
     * The fields of an {@code application/x-www-form-urlencoded} body; none for any other body. Fails with
     * {@link ProblemType#INVALID_REQUEST} if they cannot be read and with 413 if they are longer than Spring's codecs
     * take in.
     */
    public static Mono<MultiValueMap<String, String>> fields(ServerWebExchange exchange) {
        return Mono.defer(exchange::getFormData).onErrorMap(SentForm::unreadable);
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
