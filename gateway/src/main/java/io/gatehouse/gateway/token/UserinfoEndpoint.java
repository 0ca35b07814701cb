package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks the IdP's userinfo endpoint (OpenID Connect Core 1.0, section 5.3) whether a token is still good. */
final class UserinfoEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Provider provider;
    private final WebClient http;

    UserinfoEndpoint(Provider provider, WebClient http) {
        this.provider = provider;
        this.http = http;
    }

    /**
     * True if the IdP accepts the token, false if it does not know it or not any more. Fails with
     * {@link ProblemType#PROVIDER_UNAVAILABLE} if it says neither.
     */
    Mono<Boolean> accepts(AccessToken token) {
        return provider.metadata()
                .flatMap(metadata -> Mono.justOrEmpty(metadata.userinfoEndpoint()))
                .switchIfEmpty(Mono.error(() -> unavailable("the IdP publishes no userinfo endpoint")))
                .flatMap(endpoint -> ask(endpoint, token))
                .timeout(TIMEOUT)
                .onErrorMap(failure -> !(failure instanceof GatewayException), UserinfoEndpoint::unavailable);
    }

    private Mono<Boolean> ask(String endpoint, AccessToken token) {
        return http.get()
                .uri(endpoint)
                .headers(headers -> headers.setBearerAuth(token.value()))
                .exchangeToMono(UserinfoEndpoint::verdict);
    }

    private static Mono<Boolean> verdict(ClientResponse response) {
        HttpStatusCode status = response.statusCode();
        if (status.is2xxSuccessful() || status.isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
            return response.releaseBody().thenReturn(status.is2xxSuccessful());
        }
        return response.releaseBody().then(Mono.error(() -> unavailable("userinfo answered " + status.value())));
    }

    private static GatewayException unavailable(String detail) {
        return GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, detail);
    }

    private static GatewayException unavailable(Throwable failure) {
        return GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "userinfo failed", failure);
    }
}
