package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/** What has become of a refresh. */
sealed interface RefreshAnswer {

    /** The IdP issued tokens. */
    record Issued(OAuth2AccessTokenResponse response) implements RefreshAnswer {

        /** Never the tokens. */
        @Override
        public String toString() {
            return "Issued[]";
        }
    }

    /**
     * There are no tokens.
     *
     * @param isSettled whether the IdP has refused or never been reached, so that the refresh token is what it was;
     *     otherwise the IdP may have rotated it without our knowing
     */
    record Failed(GatewayException problem, boolean isSettled) implements RefreshAnswer {}
}
