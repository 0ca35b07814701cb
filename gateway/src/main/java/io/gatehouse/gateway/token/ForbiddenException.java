package io.gatehouse.gateway.token;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** The token endpoint has answered 403 with an error code: Logto's word for what does not concern the whole grant. */
final class ForbiddenException extends OAuth2AuthorizationException {

    ForbiddenException(String code) {
        super(new OAuth2Error(code));
    }
}
