package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Tells what the IdP refuses from what it could not answer, by error code (RFC 6749, section 5.2; RFC 8707, section 2).
 */
final class RefreshFailures {

    private RefreshFailures() {}

    static GatewayException classify(Throwable failure) {
        return switch (failure) {
            case GatewayException named -> named;
            case OAuth2AuthorizationException refused ->
                classify(refused, refused.getError().getErrorCode());
            default -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "refresh failed", failure);
        };
    }

    private static GatewayException classify(OAuth2AuthorizationException refused, String code) {
        ProblemType type = switch (code) {
            // The grant is gone, or the user may no longer use this application: there is nothing left to keep.
            case "invalid_grant", "access_denied" -> ProblemType.SESSION_ENDED;
            case "invalid_target", "invalid_scope", "insufficient_scope" -> ProblemType.TOKEN_REFUSED;
            case "invalid_client", "unauthorized_client" -> ProblemType.PROVIDER_MISCONFIGURED;
            default -> ProblemType.PROVIDER_UNAVAILABLE;
        };
        return GatewayException.of(type, "refresh answered with " + ErrorCode.readable(code), refused);
    }
}
