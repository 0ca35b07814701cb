package io.gatehouse.bookstore.problem;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every failure, of a controller or of a filter, as {@code application/problem+json} (RFC 9457). It steps aside
 * if the answer has already begun, and says nothing if nobody is there any more to read it.
 */
@Component
@Order(ProblemWebExceptionHandler.BEFORE_SPRING_BOOTS)
final class ProblemWebExceptionHandler implements WebExceptionHandler {

    static final int BEFORE_SPRING_BOOTS = -2;

    private static final Logger LOG = LoggerFactory.getLogger(ProblemWebExceptionHandler.class);

    private final JsonMapper json;

    ProblemWebExceptionHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.atDebug().log("sender went away");
            return Mono.empty();
        }
        ErrorResponse error = failure instanceof ErrorResponse known ? known : unexpected(failure);
        log(error, failure);
        response.setStatusCode(error.getStatusCode());
        response.getHeaders().putAll(error.getHeaders());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(withComplaints(error.getBody(), failure));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static ErrorResponse unexpected(Throwable failure) {
        return ErrorResponse.builder(failure, ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR))
                .build();
    }

    /** What is wrong here or at the issuer is worth a line; what is wrong with the request is the sender's to know. */
    private static void log(ErrorResponse error, Throwable failure) {
        if (!error.getStatusCode().is5xxServerError()) {
            return;
        }
        boolean bug = !(failure instanceof ErrorResponse);
        LOG.atLevel(bug ? Level.ERROR : Level.WARN)
                .addKeyValue("status", error.getStatusCode().value())
                .setCause(bug ? failure : null)
                .log(bug ? "request failed" : String.valueOf(error.getBody().getDetail()));
    }

    private static ProblemDetail withComplaints(ProblemDetail problem, Throwable failure) {
        List<Complaint> complaints = switch (failure) {
            case WebExchangeBindException body ->
                body.getFieldErrors().stream()
                        .map(error -> Complaint.of(error.getField(), error))
                        .toList();
            case HandlerMethodValidationException parameters ->
                parameters.getParameterValidationResults().stream()
                        .flatMap(result ->
                                result.getResolvableErrors().stream().map(error -> Complaint.of(name(result), error)))
                        .toList();
            default -> List.of();
        };
        if (!complaints.isEmpty()) {
            problem.setProperty("errors", complaints);
        }
        return problem;
    }

    private static String name(ParameterValidationResult result) {
        return Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "");
    }

    /** What is wrong with one part of a request. */
    record Complaint(String field, String message) {

        static Complaint of(String field, MessageSourceResolvable error) {
            return new Complaint(field, Objects.requireNonNullElse(error.getDefaultMessage(), "invalid"));
        }
    }
}
