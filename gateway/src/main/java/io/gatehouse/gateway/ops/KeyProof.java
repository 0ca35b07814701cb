package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The ops key as a bearer token (RFC 6750, section 2.1). Where none is configured nobody can be an operator, and what
 * is for operators does not exist.
 */
final class KeyProof implements OperatorProof {

    private static final String SCHEME = "Bearer ";

    private final @Nullable OpsKey key;

    KeyProof(@Nullable OpsKey key) {
        this.key = key;
    }

    @Override
    public String operator(ServerRequest request) {
        if (key == null) {
            throw GatewayException.of(ProblemType.NOT_FOUND, "switched off: set gatehouse.ops.key");
        }
        List<String> sent = request.headers().header(HttpHeaders.AUTHORIZATION);
        if (sent.size() != 1 || !isBearer(sent.getFirst()) || !key.is(credential(sent.getFirst()))) {
            throw GatewayException.of(ProblemType.OPERATOR_UNKNOWN, "send Authorization: Bearer with the ops key");
        }
        return "ops key";
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"gatehouse\"";
    }

    /** The scheme is not case-sensitive (RFC 9110, section 11.1). */
    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static String credential(String authorization) {
        return authorization.substring(SCHEME.length()).strip();
    }
}
