package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** What has become of a refresh. */
sealed interface RefreshAnswer {

    /**
     * The IdP issued tokens.
     *
     * @param wanted what they are
     * @param refusal why they are not what was asked for first; null if they are
     */
    record Issued(
            OAuth2AccessTokenResponse response,
            Wanted wanted,
            @Nullable GatewayException refusal) implements RefreshAnswer {

        @Override
        public RefreshAnswer after(Failed first) {
            return first.isRefusal() ? new Issued(response, wanted, first.problem()) : this;
        }

        /** Never the tokens. */
        @Override
        public String toString() {
            return "Issued[" + wanted + "]";
        }
    }

    /**
     * There are no tokens.
     *
     * @param isSettled whether the refresh token is certainly what it was, or certainly worth nothing; otherwise the
     *     IdP may have rotated it without our knowing
     */
    record Failed(GatewayException problem, boolean isSettled) implements RefreshAnswer {

        /** Whether the IdP issues tokens, but not for what was asked for. It may rotate before it finds that out. */
        boolean isRefusal() {
            return problem.type() == ProblemType.TOKEN_REFUSED || problem.type() == ProblemType.NOT_A_MEMBER;
        }

        @Override
        public RefreshAnswer after(Failed first) {
            return problem.type() == ProblemType.SESSION_ENDED ? this : first;
        }
    }

    /** What has become of it, if this is the answer when the token was sent once more. */
    RefreshAnswer after(Failed first);
}
