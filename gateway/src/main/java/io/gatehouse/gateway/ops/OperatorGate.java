package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.net.InetSocketAddress;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets operators in and nobody else. Notes on the request who it is; answers every failure behind it. */
final class OperatorGate implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final String OPERATOR = OperatorGate.class.getName();

    private final OperatorProof proof;
    private final AuditLog audit;

    OperatorGate(OperatorProof proof, AuditLog audit) {
        this.proof = proof;
        this.audit = audit;
    }

    /** Who uses the ops port, as the audit stream calls them. Only behind the gate. */
    static String operator(ServerRequest request) {
        return (String) request.attribute(OPERATOR).orElseThrow();
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.fromSupplier(() -> proof.operator(request))
                .doOnError(GatewayException.is(ProblemType.OPERATOR_UNKNOWN), refused -> recordRefusal(request))
                .doOnNext(operator -> request.attributes().put(OPERATOR, operator))
                .flatMap(operator -> next.handle(request))
                .onErrorResume(failure -> OpsProblems.answer(failure, proof.challenge()));
    }

    private void recordRefusal(ServerRequest request) {
        String from =
                request.remoteAddress().map(InetSocketAddress::getHostString).orElse("");
        audit.record(new SecurityEvent.OperatorRefused(from));
    }
}
