package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientRequest;

/** The two calls that concern a refresh token: using it and revoking it. */
public final class TokenEndpoint {

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    /** Nobody waits as long; but what the IdP issues for a refresh must not be lost only because it comes late. */
    private static final Duration REFRESH_TIMEOUT = Duration.ofMinutes(5);

    /** The grant is gone, or the gateway was not even let in. */
    private static final Set<ProblemType> SETTLED =
            EnumSet.of(ProblemType.SESSION_ENDED, ProblemType.PROVIDER_MISCONFIGURED);

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
                .filter(ExchangeFilterFunction.ofRequestProcessor(TokenEndpoint::allowTime))
                .filter(ExchangeFilterFunction.ofResponseProcessor(TokenEndpoint::refuseForbidden))
                .build());
        client.addParametersConverter(ResourceRefreshRequest::parameters);
    }

    /** Asks for what is wanted. Never fails, and never empty. */
    Mono<RefreshAnswer> refresh(String refreshToken, Wanted wanted) {
        return provider.metadata()
                .map(metadata -> request(metadata, refreshToken, wanted))
                .flatMap(request -> send(request, wanted))
                .onErrorResume(GatewayException.class, unsent -> Mono.just(new RefreshAnswer.Failed(unsent, true)));
    }

    private static ResourceRefreshRequest request(ProviderMetadata metadata, String refreshToken, Wanted wanted) {
        return new ResourceRefreshRequest(
                metadata.registration(), refreshToken, wanted.resource(), wanted.organization());
    }

    private Mono<RefreshAnswer> send(ResourceRefreshRequest request, Wanted wanted) {
        return client.getTokenResponse(request)
                .timeout(REFRESH_TIMEOUT)
                .<RefreshAnswer>map(response -> new RefreshAnswer.Issued(response, wanted, null))
                .onErrorResume(failure -> Mono.just(failed(failure, wanted)));
    }

    private static RefreshAnswer failed(Throwable failure, Wanted wanted) {
        GatewayException problem = RefreshFailures.classify(failure, wanted.organization());
        boolean isSettled = SETTLED.contains(problem.type()) || RefreshFailures.isUnsent(failure);
        return new RefreshAnswer.Failed(problem, isSettled);
    }

    private static Mono<ClientRequest> allowTime(ClientRequest request) {
        return Mono.just(ClientRequest.from(request)
                .httpRequest(http -> http.<HttpClientRequest>getNativeRequest().responseTimeout(REFRESH_TIMEOUT))
                .build());
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
                new ResourceRefreshRequest(registration, refreshToken, Wanted.NO_RESOURCE, ""));
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
                .mapNotNull(body -> body.get("error"))
                .ofType(String.class)
                .onErrorComplete()
                .<ClientResponse>flatMap(code -> Mono.error(() -> new ForbiddenException(code)))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(
                        ProblemType.PROVIDER_UNAVAILABLE, "refresh answered with 403, and not by the IdP")));
    }
}
