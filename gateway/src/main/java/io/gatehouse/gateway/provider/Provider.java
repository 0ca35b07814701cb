package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The IdP, discovered when it is first needed, so that this gateway starts and serves while the IdP is down. */
public final class Provider {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ProviderAccount account;
    private final WebClient http;
    private final RemoteDocument<ProviderMetadata> metadata;

    Provider(ProviderAccount account, WebClient http, Clock clock) {
        this.account = account;
        this.http = http;
        this.metadata = new RemoteDocument<>(discover(), MAX_AGE, clock);
    }

    /**
     * What the IdP publishes. Fails with {@link ProblemType#PROVIDER_UNAVAILABLE} if it has never been reached, and
     * with {@link ProblemType#PROVIDER_MISCONFIGURED} if it is not the issuer it was configured as.
     */
    public Mono<ProviderMetadata> metadata() {
        return metadata.current()
                .map(published -> published.with(account.clientSecret().value()));
    }

    private Mono<ProviderMetadata> discover() {
        return http.get()
                .uri(account.issuer() + WELL_KNOWN)
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {})
                .timeout(TIMEOUT)
                .onErrorMap(
                        failure -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "discovery failed", failure))
                .map(this::read);
    }

    private ProviderMetadata read(Map<String, Object> document) {
        Object issuer = document.get("issuer");
        if (!account.issuer().equals(issuer)) {
            throw GatewayException.of(
                    ProblemType.PROVIDER_MISCONFIGURED,
                    "configured issuer " + account.issuer() + " calls itself " + issuer);
        }
        try {
            ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(document)
                    .registrationId(account.isLogto() ? "logto" : "oidc")
                    .clientId(account.clientId())
                    .clientSecret(account.clientSecret().value())
                    .build();
            return ProviderMetadata.of(registration);
        } catch (IllegalArgumentException | NullPointerException unusable) {
            throw GatewayException.of(ProblemType.PROVIDER_MISCONFIGURED, "unusable discovery document", unusable);
        }
    }
}
