package io.gatehouse.gateway.token;

import io.gatehouse.gateway.provider.MachineAccount;
import java.util.Set;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A request for a token of the gateway itself (RFC 6749, section 4.4) for one API resource (RFC 8707, section 2). */
final class OwnTokenRequest extends OAuth2ClientCredentialsGrantRequest {

    private final String resource;

    OwnTokenRequest(ClientRegistration signIn, MachineAccount account, String resource, Set<String> scopes) {
        super(ClientRegistration.withClientRegistration(signIn)
                .clientId(account.clientId())
                .clientSecret(account.clientSecret().value())
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(scopes)
                .build());
        this.resource = resource;
    }

    static MultiValueMap<String, String> parameters(OAuth2ClientCredentialsGrantRequest request) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        if (request instanceof OwnTokenRequest own) {
            parameters.add("resource", own.resource);
        }
        return parameters;
    }
}
