package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A client certificate that the handshake has verified. The handshake asks for one and does not insist, because probes
 * come without.
 */
final class CertificateProof implements OperatorProof {

    @Override
    public String operator(ServerRequest request) {
        return Optional.ofNullable(request.exchange().getRequest().getSslInfo())
                .flatMap(tls -> Optional.ofNullable(tls.getPeerCertificates()))
                .filter(chain -> chain.length > 0)
                .map(chain -> chain[0].getSubjectX500Principal().getName())
                .orElseThrow(() -> GatewayException.of(ProblemType.OPERATOR_UNKNOWN, "send a client certificate"));
    }

    /** Of an expired Internet-Draft (draft-thomson-httpbis-cant); {@code Bearer} would be a lie. */
    @Override
    public String challenge() {
        return "ClientCertificate realm=\"gatehouse\"";
    }
}
