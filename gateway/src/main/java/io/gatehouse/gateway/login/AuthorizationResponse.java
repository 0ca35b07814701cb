package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What the browser brought back from the IdP (RFC 6749, section 4.1.2). Any of it may be missing, and all of it may be
 * forged.
 *
 * @param state null if there was none, as with Logto's "Cancel" on a consent page
 * @param code null if there was none
 * @param error null if there was none
 * @param issuer null if there was none
 */
record AuthorizationResponse(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String issuer) {

    /** RFC 6749, appendix A.11. */
    private static final Predicate<String> CODE =
            Pattern.compile("[\\x20-\\x7E]+").asMatchPredicate();

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
        if (issuer == null && !metadata.namesIssuerInResponses()) {
            return;
        }
        if (!metadata.issuer().equals(issuer)) {
            throw GatewayException.of(
                    ProblemType.SIGN_IN_INVALID, "the response does not name the issuer that was asked");
        }
    }

    /**
     * The code. Fails with {@link ProblemType#SIGN_IN_REFUSED} if the IdP sent an error, or nothing at all, and if no
     * IdP can have sent what there is: asked about that, one may well fail, and it would look as if it was down.
     */
    String requireCode() {
        if (code == null || error != null) {
            String answer = error == null ? "neither a code nor an error" : ErrorCode.readable(error);
            throw GatewayException.of(ProblemType.SIGN_IN_REFUSED, "the IdP answered " + answer);
        }
        if (!CODE.test(code)) {
            throw GatewayException.of(ProblemType.SIGN_IN_REFUSED, "the response has something that is no code");
        }
        return code;
    }

    private static @Nullable String single(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "repeated " + name);
        }
        return values.stream()
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
