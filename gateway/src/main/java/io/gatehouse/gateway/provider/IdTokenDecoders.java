package io.gatehouse.gateway.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import java.time.Clock;
import java.util.List;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;

/**
 * Decides whether an ID token is one (OpenID Connect Core 1.0, section 3.1.3.7).
 *
 * <p>Spring Security's own factory expects RS256 and fetches keys by itself; Logto signs with ES384 and an operator may
 * rotate to RSA. Here the key decides, within what the IdP announces. An access or logout token is refused by its
 * {@code typ}.
 */
final class IdTokenDecoders implements ReactiveJwtDecoderFactory<ClientRegistration> {

    private final ProviderKeys keys;
    private final Clock clock;

    IdTokenDecoders(ProviderKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public ReactiveJwtDecoder createDecoder(ClientRegistration registration) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(
                        token -> keys.matching(token.getHeader()))
                .validateType(true)
                .jwtProcessorCustomizer(IdTokenDecoders::acceptAsymmetricAlgorithms)
                .build();
        decoder.setJwtValidator(validator(registration));
        return decoder;
    }

    /**
     * Claims as the specification has them, {@code nbf}, which it does not mention, and no audience besides this
     * gateway, which trusts no other: Spring Security lets them pass if {@code azp} names the gateway.
     */
    private OAuth2TokenValidator<Jwt> validator(ClientRegistration registration) {
        OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
        claims.setClock(clock);
        JwtTimestampValidator timestamps = new JwtTimestampValidator();
        timestamps.setClock(clock);
        var audience = new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, named -> List.of(registration.getClientId()).equals(named));
        return new DelegatingOAuth2TokenValidator<>(claims, timestamps, audience);
    }

    private static void acceptAsymmetricAlgorithms(ConfigurableJWTProcessor<JWKSecurityContext> processor) {
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, new JWKSecurityContextJWKSet()));
    }
}
