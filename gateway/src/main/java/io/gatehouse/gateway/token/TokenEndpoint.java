package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The two calls that concern a refresh token: using it and revoking it. */
public final class TokenEndpoint {

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    /** People wait less; this is for a call that would never end and that everybody else would have to wait for. */
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration REVOCATION_TIMEOUT = Duration.ofSeconds(2);

    private final Provider provider;
    private final WebClient http;
    private final WebClientReactiveRefreshTokenTokenResponseClient client =
            new WebClientReactiveRefreshTokenTokenResponseClient();
    private final DefaultOAuth2TokenRequestHeadersConverter<OAuth2RefreshTokenGrantRequest> clientAuthentication =
            new DefaultOAuth2TokenRequestHeadersConverter<>();

    TokenEndpoint(Provider provider, WebClient http) {
        this.provider = provider;
        this.http = http;
        client.setWebClient(http.mutate()
                .filter(ExchangeFilterFunction.ofResponseProcessor(TokenEndpoint::refuseForbidden))
                .build());
        client.addParametersConverter(ResourceRefreshRequest::parameters);
    }

    /**
     * Asks for a token for one API resource, or for {@link Wanted#NO_RESOURCE none}. Fails as {@link RefreshFailures}
     * says.
     */
    Mono<OAuth2AccessTokenResponse> refresh(String refreshToken, String resource) {
        return provider.metadata()
                .map(ProviderMetadata::registration)
                .map(registration -> new ResourceRefreshRequest(registration, refreshToken, resource))
                .flatMap(client::getTokenResponse)
                .timeout(REFRESH_TIMEOUT)
                .onErrorMap(RefreshFailures::classify);
    }

    /**
     * Revokes a refresh token (RFC 7009), and with it the grant. At Logto all sessions of the same browser share the
     * grant, so this is for a sign-out only. False if the IdP cannot revoke; fails if it did not do it in time.
     */
    public Mono<Boolean> revoke(String refreshToken) {
        return provider.metadata()
                .flatMap(metadata -> revoke(metadata, refreshToken))
                .timeout(REVOCATION_TIMEOUT)
                .onErrorMap(RefreshFailures::classify);
    }

    private Mono<Boolean> revoke(ProviderMetadata metadata, String refreshToken) {
        return Mono.justOrEmpty(metadata.revocationEndpoint())
                .flatMap(endpoint -> revoke(metadata.registration(), endpoint, refreshToken))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> revoke(ClientRegistration registration, String endpoint, String refreshToken) {
        HttpHeaders headers = clientAuthentication.convert(
                new ResourceRefreshRequest(registration, refreshToken, Wanted.NO_RESOURCE));
        BodyInserters.FormInserter<String> form =
                BodyInserters.fromFormData("token", refreshToken).with("token_type_hint", "refresh_token");
        if (ClientAuthenticationMethod.CLIENT_SECRET_POST.equals(registration.getClientAuthenticationMethod())) {
            form.with("client_id", registration.getClientId()).with("client_secret", registration.getClientSecret());
        }
        return http.post()
                .uri(endpoint)
                .headers(all -> all.addAll(headers))
                .body(form)
                .retrieve()
                .toBodilessEntity()
                .thenReturn(true);
    }

    /**
     * Logto's word for what concerns one organization or resource and not the grant, whatever the error code says. A
     * proxy in front of it may answer 403 too, and then nothing has been decided.
     */
    private static Mono<ClientResponse> refuseForbidden(ClientResponse response) {
        if (!response.statusCode().isSameCodeAs(HttpStatus.FORBIDDEN)) {
            return Mono.just(response);
        }
        return response.bodyToMono(JSON)
                .map(body -> body.get("error") instanceof String)
                .onErrorReturn(false)
                .defaultIfEmpty(false)
                .map(decided -> decided ? ProblemType.TOKEN_REFUSED : ProblemType.PROVIDER_UNAVAILABLE)
                .flatMap(type -> Mono.error(() -> GatewayException.of(type, "refresh answered with 403")));
    }
}
