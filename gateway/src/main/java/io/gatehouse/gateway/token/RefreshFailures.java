package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Tells what the IdP refuses from what it could not answer, by error code (RFC 6749, section 5.2; RFC 8707, section 2).
 */
final class RefreshFailures {

    private RefreshFailures() {}

    /** The failure of a request that concerns the whole grant. */
    static GatewayException classify(Throwable failure) {
        return classify(failure, "");
    }

    /**
     * The failure of a refresh.
     *
     * @param organization for which it was; blank for none
     */
    static GatewayException classify(Throwable failure, String organization) {
        return switch (failure) {
            case GatewayException named -> named;
            case ForbiddenException refused -> named(refused, typeOfForbidden(refused, organization));
            case OAuth2AuthorizationException refused -> named(refused, typeOf(refused, organization));
            default -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "refresh failed", failure);
        };
    }

    private static GatewayException named(OAuth2AuthorizationException refused, ProblemType type) {
        String code = refused.getError().getErrorCode();
        return GatewayException.of(type, "refresh answered with " + ErrorCode.readable(code), refused);
    }

    private static ProblemType typeOf(OAuth2AuthorizationException refused, String organization) {
        return switch (refused.getError().getErrorCode()) {
            // The grant is gone: there is nothing left to keep.
            case "invalid_grant" -> ProblemType.SESSION_ENDED;
            // The user may no longer use this application, if it is not an organization that they may not act for.
            case "access_denied" -> organization.isEmpty() ? ProblemType.SESSION_ENDED : ProblemType.NOT_A_MEMBER;
            case "invalid_target", "invalid_scope", "insufficient_scope" -> ProblemType.TOKEN_REFUSED;
            case "invalid_client", "unauthorized_client" -> ProblemType.PROVIDER_MISCONFIGURED;
            default -> ProblemType.PROVIDER_UNAVAILABLE;
        };
    }

    private static ProblemType typeOfForbidden(ForbiddenException refused, String organization) {
        boolean isMembership =
                !organization.isEmpty() && refused.getError().getErrorCode().equals("access_denied");
        return isMembership ? ProblemType.NOT_A_MEMBER : ProblemType.TOKEN_REFUSED;
    }

    /** Whether a request that failed was certainly not sent. */
    static boolean isUnsent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
