package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.page.ProblemBody;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Turns a failure on the ops port into {@code application/problem+json} (RFC 9457) and one log line. Whoever gets here
 * is an operator or has to learn how to be one, so the answer says what the log says.
 */
final class OpsProblems {

    private static final Logger LOG = LoggerFactory.getLogger(OpsProblems.class);

    private OpsProblems() {}

    /** @param challenge for those who are not known as operators */
    static Mono<ServerResponse> answer(Throwable failure, String challenge) {
        if (failure instanceof GatewayException named) {
            LOG.atLevel(named.type().level())
                    .addKeyValue("problem", named.type().slug())
                    .addKeyValue("detail", Objects.requireNonNullElse(named.getMessage(), ""))
                    .log("ops request answered with a problem");
            return response(named.type(), named.getMessage(), challenge);
        }
        LOG.error("ops request failed", failure);
        return response(ProblemType.INTERNAL_ERROR, null, challenge);
    }

    /** What lies at this path is not done by this method. */
    static Mono<ServerResponse> refuseMethod(HttpMethod... allowed) {
        ProblemType type = ProblemType.METHOD_NOT_ALLOWED;
        return begin(type).allow(allowed).bodyValue(ProblemBody.of(type, type.status()));
    }

    private static Mono<ServerResponse> response(ProblemType type, @Nullable String detail, String challenge) {
        Map<String, Object> body = ProblemBody.of(type, type.status());
        if (detail != null) {
            body.put("detail", detail);
        }
        ServerResponse.BodyBuilder response = begin(type);
        if (type == ProblemType.OPERATOR_UNKNOWN) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        return response.bodyValue(body);
    }

    private static ServerResponse.BodyBuilder begin(ProblemType type) {
        return ServerResponse.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .headers(headers -> addHeaders(headers, type));
    }

    private static void addHeaders(HttpHeaders headers, ProblemType type) {
        headers.setCacheControl("no-store");
        if (type.isTemporary()) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(ProblemType.RETRY_AFTER.toSeconds()));
        }
    }
}
