package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ErrorCode;
import io.gatehouse.gateway.provider.MachineAccount;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Gets tokens of the gateway itself from the IdP. */
final class OwnTokenEndpoint {

    private static final String SERVER_ERROR = "server_error";
    private static final String UNAVAILABLE = "temporarily_unavailable";

    private final Provider provider;
    private final MachineAccount account;
    private final ResourceTokens tokens;
    private final Identity self;
    private final Duration patience;
    private final Clock clock;
    private final WebClientReactiveClientCredentialsTokenResponseClient client =
            new WebClientReactiveClientCredentialsTokenResponseClient();

    OwnTokenEndpoint(
            Provider provider,
            WebClient http,
            MachineAccount account,
            ProviderAccount issuer,
            Duration patience,
            Freshness freshness,
            Clock clock) {
        this.provider = provider;
        this.account = account;
        this.tokens = new ResourceTokens(issuer, freshness);
        this.self = new Identity(issuer.issuer(), account.clientId(), null, Map.of());
        this.patience = patience;
        this.clock = clock;
        client.setWebClient(http);
        client.addParametersConverter(OwnTokenRequest::parameters);
    }

    /**
     * A JWT for this resource and nothing else. Never empty. Fails with {@link ProblemType#PROVIDER_MISCONFIGURED} if
     * the IdP refuses it, and with {@link ProblemType#PROVIDER_UNAVAILABLE} if it does not answer.
     */
    Mono<AccessToken> issue(String resource, Set<String> scopes) {
        Instant now = clock.instant();
        return provider.metadata()
                .map(ProviderMetadata::registration)
                .map(registration -> new OwnTokenRequest(registration, account, resource, scopes))
                .flatMap(client::getTokenResponse)
                .flatMap(response -> read(response, resource, now))
                .timeout(patience)
                .onErrorMap(OwnTokenEndpoint::classify);
    }

    private Mono<AccessToken> read(OAuth2AccessTokenResponse response, String resource, Instant requestedAt) {
        return Mono.justOrEmpty(tokens.read(response, self, Wanted.token(resource, ""), requestedAt))
                .switchIfEmpty(Mono.error(() -> refusal("the IdP issued no JWT for " + resource)));
    }

    /** Whatever it refuses, there is no person who could do anything about it. */
    private static GatewayException classify(Throwable failure) {
        return switch (failure) {
            case GatewayException named -> named;
            case OAuth2AuthorizationException refused
            when isAnswer(refused) ->
                refusal("client credentials answered with "
                        + ErrorCode.readable(refused.getError().getErrorCode()));
            default -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "client credentials failed", failure);
        };
    }

    private static boolean isAnswer(OAuth2AuthorizationException refused) {
        String code = refused.getError().getErrorCode();
        return !code.equals(SERVER_ERROR) && !code.equals(UNAVAILABLE) && !code.equals("invalid_token_response");
    }

    private static GatewayException refusal(String detail) {
        return GatewayException.of(ProblemType.PROVIDER_MISCONFIGURED, detail);
    }
}
