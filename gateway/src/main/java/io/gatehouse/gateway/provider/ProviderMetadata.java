package io.gatehouse.gateway.provider;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * What the IdP publishes about itself (OpenID Connect Discovery 1.0, section 3), with our account at it.
 *
 * @param registration endpoints, client id and secret, as Spring Security's client wants them
 */
public record ProviderMetadata(
        ClientRegistration registration, String issuer, String authorizationEndpoint, String jwkSetUri) {

    /** Fails with {@link NullPointerException} where the metadata lack what a sign-in needs. */
    static ProviderMetadata of(ClientRegistration registration) {
        ClientRegistration.ProviderDetails details = registration.getProviderDetails();
        return new ProviderMetadata(
                registration,
                Objects.requireNonNull(details.getIssuerUri()),
                Objects.requireNonNull(details.getAuthorizationUri()),
                Objects.requireNonNull(details.getJwkSetUri()));
    }

    /** The same with the secret that our account has now. */
    ProviderMetadata with(String clientSecret) {
        return clientSecret.equals(registration.getClientSecret())
                ? this
                : of(ClientRegistration.withClientRegistration(registration)
                        .clientSecret(clientSecret)
                        .build());
    }

    /**
     * Where a browser ends its session at the IdP (OpenID Connect RP-Initiated Logout 1.0). Empty if there is no such
     * endpoint.
     */
    public Optional<String> endSessionEndpoint() {
        return text("end_session_endpoint");
    }

    /** Where tokens are revoked (RFC 7009). Empty if there is no such endpoint. */
    public Optional<String> revocationEndpoint() {
        return text("revocation_endpoint");
    }

    /** Where an access token for no resource is good (OpenID Connect Core 1.0, section 5.3). Empty if there is none. */
    public Optional<String> userinfoEndpoint() {
        return text("userinfo_endpoint");
    }

    /** Whether every authorization response names its issuer (RFC 9207, section 3). */
    public boolean namesIssuerInResponses() {
        return Boolean.TRUE.equals(published().get("authorization_response_iss_parameter_supported"));
    }

    /** The algorithms ID tokens may be signed with: those the IdP announces, but no symmetric one and never "none". */
    Set<JWSAlgorithm> idTokenAlgorithms() {
        Object announced = published().getOrDefault("id_token_signing_alg_values_supported", List.of("RS256"));
        Collection<?> names = announced instanceof Collection<?> several ? several : List.of(announced);
        return names.stream()
                .map(name -> JWSAlgorithm.parse(name.toString()))
                .filter(JWSAlgorithm.Family.SIGNATURE::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(published().get(name)).map(Object::toString);
    }

    private Map<String, Object> published() {
        return registration.getProviderDetails().getConfigurationMetadata();
    }
}
