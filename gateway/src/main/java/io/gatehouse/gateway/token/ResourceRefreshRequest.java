package io.gatehouse.gateway.token;

import java.util.List;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A refresh for one API resource (RFC 8707, section 2.2), one organization of Logto's, or both. Logto forgets the
 * resource of the authorization request, so that every token request has to name it; without it the answer is an opaque
 * token.
 */
final class ResourceRefreshRequest extends OAuth2RefreshTokenGrantRequest {

    private final String resource;
    private final String organization;

    /**
     * @param resource blank for none
     * @param organization blank for none
     */
    ResourceRefreshRequest(ClientRegistration registration, String refreshToken, String resource, String organization) {
        // The request wants the access token that is being replaced, and sends nothing of it.
        super(
                registration,
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "replaced", null, null),
                new OAuth2RefreshToken(refreshToken, null));
        this.resource = resource;
        this.organization = organization;
    }

    static MultiValueMap<String, String> parameters(OAuth2RefreshTokenGrantRequest request) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        if (request instanceof ResourceRefreshRequest refresh) {
            put(parameters, "resource", refresh.resource);
            put(parameters, "organization_id", refresh.organization);
        }
        return parameters;
    }

    private static void put(MultiValueMap<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, List.of(value));
        }
    }
}
