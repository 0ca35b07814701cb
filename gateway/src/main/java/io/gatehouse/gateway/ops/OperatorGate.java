package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Lets operators in and nobody else: those who send the ops key as a bearer token (RFC 6750, section 2.1). Where no key
 * is configured nobody can be an operator, and there is nothing behind the gate. Notes on the request who it is;
 * answers every failure behind it.
 */
final class OperatorGate implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final String OPERATOR = OperatorGate.class.getName();
    private static final String SCHEME = "Bearer ";

    private final @Nullable OpsKey key;
    private final AuditLog audit;

    OperatorGate(OpsProperties properties, AuditLog audit) {
        this.key = properties.key();
        this.audit = audit;
    }

    /** Who uses the ops port, as the audit stream calls them. Only behind the gate. */
    static String operator(ServerRequest request) {
        return (String) request.attribute(OPERATOR).orElseThrow();
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.fromSupplier(() -> operator(request.headers()))
                .doOnError(OperatorGate::isRefusal, refused -> recordRefusal(request))
                .doOnNext(operator -> request.attributes().put(OPERATOR, operator))
                .flatMap(operator -> next.handle(request))
                .onErrorResume(OpsProblems::answer);
    }

    private String operator(ServerRequest.Headers headers) {
        if (key == null) {
            throw GatewayException.of(ProblemType.NOT_FOUND, "switched off: set gatehouse.ops.key");
        }
        List<String> sent = headers.header(HttpHeaders.AUTHORIZATION);
        if (sent.size() != 1 || !isBearer(sent.getFirst()) || !key.is(credential(sent.getFirst()))) {
            throw GatewayException.of(ProblemType.OPERATOR_UNKNOWN);
        }
        return "ops key";
    }

    /** The scheme is not case-sensitive (RFC 9110, section 11.1). */
    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static String credential(String authorization) {
        return authorization.substring(SCHEME.length()).strip();
    }

    private void recordRefusal(ServerRequest request) {
        String from =
                request.remoteAddress().map(InetSocketAddress::getHostString).orElse("");
        audit.record(new SecurityEvent.OperatorRefused(from));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof GatewayException named && named.type() == ProblemType.OPERATOR_UNKNOWN;
    }
}
