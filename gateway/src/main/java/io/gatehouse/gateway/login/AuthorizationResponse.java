package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.util.List;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/**
 * What the browser brought back from the IdP (RFC 6749, section 4.1.2). Any of it may be missing, and all of it may be
 * forged.
 *
 * @param state empty if there was none, as with Logto's "Cancel" on a consent page
 */
record AuthorizationResponse(
        Optional<String> state, Optional<String> code, Optional<String> error, Optional<String> issuer) {

    /**
     * Fails with {@link ProblemType#INVALID_REQUEST} if a parameter is repeated: two readers could choose different
     * ones.
     */
    static AuthorizationResponse read(MultiValueMap<String, String> query) {
        return new AuthorizationResponse(
                single(query, "state"), single(query, "code"), single(query, "error"), single(query, "iss"));
    }

    /** Checks that this is an answer of the IdP that was asked (RFC 9207, section 2.4). */
    void requireIssuer(ProviderMetadata metadata) {
        if (issuer.isEmpty() && !metadata.namesIssuerInResponses()) {
            return;
        }
        if (!issuer.equals(Optional.of(metadata.issuer()))) {
            throw GatewayException.of(
                    ProblemType.SIGN_IN_INVALID, "the response does not name the issuer that was asked");
        }
    }

    /** The code. Fails with {@link ProblemType#SIGN_IN_REFUSED} if the IdP sent an error, or nothing at all. */
    String requireCode() {
        return code.filter(present -> error.isEmpty())
                .orElseThrow(() -> GatewayException.of(
                        ProblemType.SIGN_IN_REFUSED,
                        "the IdP answered " + error.map(ErrorCode::readable).orElse("neither a code nor an error")));
    }

    private static Optional<String> single(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "repeated " + name);
        }
        return values.stream()
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }
}
