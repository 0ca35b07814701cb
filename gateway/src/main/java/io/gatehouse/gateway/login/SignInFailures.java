package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** Tells what is wrong with the answer of the token endpoint, by error code. */
final class SignInFailures {

    private SignInFailures() {}

    static GatewayException classify(Throwable failure) {
        return switch (failure) {
            case GatewayException named -> named;
            case OAuth2AuthenticationException refused ->
                classify(refused, refused.getError().getErrorCode());
            // Spring Security wraps what kept it from getting the keys.
            case IllegalStateException wrapper when wrapper.getCause() instanceof GatewayException named -> named;
            default -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "code exchange failed", failure);
        };
    }

    private static GatewayException classify(OAuth2AuthenticationException refused, String code) {
        ProblemType type = switch (code) {
            // Too old or used: the person has to start again.
            case "invalid_grant" -> ProblemType.FLOW_UNKNOWN;
            case "invalid_id_token", "invalid_nonce" -> ProblemType.SIGN_IN_INVALID;
            case "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type" ->
                ProblemType.PROVIDER_MISCONFIGURED;
            case "access_denied", "invalid_target", "invalid_scope" -> ProblemType.SIGN_IN_REFUSED;
            default -> ProblemType.PROVIDER_UNAVAILABLE;
        };
        return GatewayException.of(type, "code exchange ended with " + ErrorCode.readable(code), refused);
    }
}
