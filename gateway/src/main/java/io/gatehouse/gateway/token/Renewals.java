package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import reactor.core.publisher.Mono;

/** Reads the answer to a refresh. A refresh token in it counts whatever else is wrong with it. */
final class Renewals {

    private final ResourceTokens resourceTokens;
    private final RefreshedIdTokens idTokens;

    Renewals(ResourceTokens resourceTokens, RefreshedIdTokens idTokens) {
        this.resourceTokens = resourceTokens;
        this.idTokens = idTokens;
    }

    /** What to store. Never empty; what is wrong is in it. */
    Mono<Renewal> read(
            BrowserSession session,
            String used,
            Wanted wanted,
            OAuth2AccessTokenResponse response,
            Instant requestedAt) {
        Object idToken = response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
        Optional<AccessToken> token = resourceTokens.read(response, session.identity(), wanted, requestedAt);
        var answer = new Answer(session, used, wanted, response, requestedAt);
        if (token.isEmpty()) {
            return Mono.just(answer.defective(refused("the IdP issued no JWT for what was asked for")));
        }
        if (!(idToken instanceof String present)) {
            return Mono.just(answer.good(token.get(), null, null));
        }
        return idTokens.claims(session, present)
                .map(claims -> answer.good(token.get(), present, claims))
                .onErrorResume(defect -> Mono.just(answer.defective(named(defect))));
    }

    private static GatewayException named(Throwable defect) {
        return defect instanceof GatewayException named
                ? named
                : GatewayException.of(ProblemType.INTERNAL_ERROR, "the refreshed ID token cannot be read", defect);
    }

    private static GatewayException refused(String detail) {
        return GatewayException.of(ProblemType.TOKEN_REFUSED, detail);
    }

    private record Answer(
            BrowserSession session,
            String used,
            Wanted wanted,
            OAuth2AccessTokenResponse response,
            Instant requestedAt) {

        Renewal good(AccessToken token, @Nullable String idToken, @Nullable Map<String, Object> claims) {
            return new Renewal(used, rotated(), wanted.name(), token, idToken, claims, null, requestedAt);
        }

        Renewal defective(GatewayException defect) {
            return new Renewal(used, rotated(), wanted.name(), null, null, null, defect, requestedAt);
        }

        private @Nullable String rotated() {
            OAuth2RefreshToken refreshToken = response.getRefreshToken();
            return refreshToken == null ? null : refreshToken.getTokenValue();
        }
    }
}
