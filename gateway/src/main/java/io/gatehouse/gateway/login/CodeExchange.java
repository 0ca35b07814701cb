package io.gatehouse.gateway.login;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.IdTokenClaims;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeReactiveAuthenticationManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Redeems a code and finds out who signed in. Spring Security's client talks to the token endpoint and checks the ID
 * token and the nonce; what is left to do here is to see that all of it belongs together, and the time of
 * authentication, where a fresh one was asked for.
 *
 * <p>The code is exchanged without a resource: its access token is opaque and is dropped. Tokens for API resources are
 * fetched when a route first needs them.
 */
final class CodeExchange {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final OidcAuthorizationCodeReactiveAuthenticationManager manager;

    CodeExchange(WebClient http, ReactiveJwtDecoderFactory<ClientRegistration> idTokenDecoders) {
        var client = new WebClientReactiveAuthorizationCodeTokenResponseClient();
        client.setWebClient(http);
        // The ID token says who it is; asking the userinfo endpoint as well would cost a call at every sign-in.
        this.manager = new OidcAuthorizationCodeReactiveAuthenticationManager(
                client, user -> Mono.just(new DefaultOidcUser(List.of(), user.getIdToken())));
        manager.setJwtDecoderFactory(idTokenDecoders);
    }

    /** Fails as {@link SignInFailures} says. */
    Mono<SignIn> redeem(
            Grant grant, OAuth2AuthorizationRequest request, Set<String> resources, ProviderMetadata metadata) {
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(grant.code())
                .redirectUri(Objects.requireNonNull(request.getRedirectUri()))
                .state(grant.state())
                .build();
        var exchange = new OAuth2AuthorizationExchange(request, response);
        return manager.authenticate(new OAuth2AuthorizationCodeAuthenticationToken(metadata.registration(), exchange))
                .cast(OAuth2LoginAuthenticationToken.class)
                .timeout(TIMEOUT)
                .onErrorMap(SignInFailures::classify)
                .map(result -> signIn(result, grant, resources, metadata))
                .onErrorMap(IllegalArgumentException.class, CodeExchange::unreadable);
    }

    /** A claim that is needed is of another kind than the specification says, such as a time in words. */
    private static GatewayException unreadable(Throwable failure) {
        return GatewayException.of(ProblemType.SIGN_IN_INVALID, "a claim of the ID token is malformed", failure);
    }

    private static SignIn signIn(
            OAuth2LoginAuthenticationToken result, Grant grant, Set<String> resources, ProviderMetadata metadata) {
        OidcIdToken idToken = ((OidcUser) Objects.requireNonNull(result.getPrincipal())).getIdToken();
        String accessToken = Objects.requireNonNull(result.getAccessToken()).getTokenValue();
        TokenHashes.require(idToken, accessToken, grant.code());
        Identity who = identity(idToken, metadata.issuer());
        requireProof(who, grant);
        OAuth2RefreshToken refreshToken = result.getRefreshToken();
        return new SignIn(
                who,
                new SessionTokens(
                        refreshToken == null ? null : refreshToken.getTokenValue(),
                        idToken.getTokenValue(),
                        Map.of(),
                        resources));
    }

    private static Identity identity(OidcIdToken idToken, String issuer) {
        Map<String, Object> claims = IdTokenClaims.of(idToken.getTokenValue());
        Object sid = claims.get("sid");
        return new Identity(issuer, subject(idToken), sid == null ? null : sid.toString(), claims);
    }

    private static String subject(OidcIdToken idToken) {
        String subject = idToken.getSubject();
        if (subject == null || subject.isBlank()) {
            throw GatewayException.of(ProblemType.SIGN_IN_INVALID, "sub is empty");
        }
        return subject;
    }

    private static void requireProof(Identity who, Grant grant) {
        Instant oldest = grant.oldestAuthentication();
        if (oldest != null && !isAuthenticatedSince(oldest.minus(CLOCK_SKEW), who)) {
            throw GatewayException.of(ProblemType.STEP_UP_UNPROVEN, "auth_time does not show a fresh authentication");
        }
        if (!grant.demand().isContextOf(who.claims())) {
            throw GatewayException.of(ProblemType.STEP_UP_UNPROVEN, "acr is none of those asked for");
        }
    }

    private static boolean isAuthenticatedSince(Instant oldest, Identity who) {
        return who.claims().get("auth_time") instanceof Number seconds
                && seconds.longValue() >= oldest.getEpochSecond();
    }

    /**
     * What the browser brought back.
     *
     * @param oldestAuthentication when credentials must have been given at the earliest; null if it does not matter
     * @param demand what the ID token has to prove besides
     */
    record Grant(String code, String state, @Nullable Instant oldestAuthentication, Demand demand) {

        /** Never the code. */
        @Override
        public String toString() {
            return "Grant[oldestAuthentication=" + oldestAuthentication + "]";
        }
    }

    /** Who signed in, and with which tokens. */
    record SignIn(Identity identity, SessionTokens tokens) {}
}
