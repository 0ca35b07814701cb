package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.IdTokenClaims;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import reactor.core.publisher.Mono;

/** Decides whether an ID token that came with a refresh is one of the same person (OpenID Connect Core, 12.2). */
final class RefreshedIdTokens {

    /** What has to be as it was in the ID token before, where both have it. */
    private static final List<String> LASTING = List.of("nonce", "auth_time", "azp");

    private final Provider provider;
    private final ReactiveJwtDecoderFactory<ClientRegistration> decoders;

    RefreshedIdTokens(Provider provider, ReactiveJwtDecoderFactory<ClientRegistration> decoders) {
        this.provider = provider;
        this.decoders = decoders;
    }

    /**
     * What the token says. Fails with {@link ProblemType#TOKEN_REFUSED} if it is not valid, or somebody else's, and
     * with {@link ProblemType#PROVIDER_UNAVAILABLE} if that cannot be known now.
     */
    Mono<Map<String, Object>> claims(BrowserSession session, String idToken) {
        return provider.metadata()
                .map(metadata -> decoders.createDecoder(metadata.registration()))
                .flatMap(decoder -> decoder.decode(idToken))
                .map(valid -> claims(session, valid))
                .onErrorMap(JwtException.class, RefreshedIdTokens::classify);
    }

    private static Map<String, Object> claims(BrowserSession session, Jwt valid) {
        Map<String, Object> newer = IdTokenClaims.all(valid.getTokenValue());
        Identity who = session.identity();
        if (!who.issuer().equals(newer.get("iss")) || !who.subject().equals(newer.get("sub"))) {
            throw refused("the refreshed ID token is somebody else's");
        }
        String before = session.tokens().idToken();
        if (before != null && !lasts(IdTokenClaims.all(before), newer)) {
            throw refused("the refreshed ID token is not of the same sign-in");
        }
        return IdTokenClaims.of(valid.getTokenValue());
    }

    private static boolean lasts(Map<String, Object> before, Map<String, Object> newer) {
        return LASTING.stream().allMatch(claim -> isSame(before.get(claim), newer.get(claim)));
    }

    private static boolean isSame(@Nullable Object before, @Nullable Object newer) {
        return before == null || newer == null || Objects.equals(String.valueOf(before), String.valueOf(newer));
    }

    private static GatewayException classify(JwtException failure) {
        boolean isInvalid =
                failure instanceof JwtValidationException || !(failure.getCause() instanceof GatewayException);
        return isInvalid
                ? GatewayException.of(ProblemType.TOKEN_REFUSED, "the refreshed ID token is not valid", failure)
                : GatewayException.of(
                        ProblemType.PROVIDER_UNAVAILABLE, "the refreshed ID token cannot be checked", failure);
    }

    private static GatewayException refused(String detail) {
        return GatewayException.of(ProblemType.TOKEN_REFUSED, detail);
    }
}
