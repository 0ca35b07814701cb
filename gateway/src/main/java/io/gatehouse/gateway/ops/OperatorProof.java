package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.ProblemType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** How operators show that they are. */
interface OperatorProof {

    /**
     * Who sends the request, as the audit stream calls them.
     *
     * @throws io.gatehouse.gateway.problem.GatewayException with {@link ProblemType#OPERATOR_UNKNOWN} for anybody else
     */
    String operator(ServerRequest request);

    /** What anybody else is asked for: the value of {@code WWW-Authenticate} (RFC 9110, section 11.6.1). */
    String challenge();

    static OperatorProof of(OpsProperties properties) {
        return properties.isCertificateRequired() ? new CertificateProof() : new KeyProof(properties.key());
    }
}
