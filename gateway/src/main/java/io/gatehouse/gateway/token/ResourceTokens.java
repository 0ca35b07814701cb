package io.gatehouse.gateway.token;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Reads what the token endpoint issued for an API resource, and accepts only a JWT that is meant for it (RFC 9068,
 * section 2.2). An IdP that does not know the resource may answer with an opaque token, which opens the IdP's own
 * interfaces in the user's name: it must not reach an upstream.
 *
 * <p>The signature is the upstream's to check; this token came straight from the IdP. At Logto it names the person as
 * the ID token does; other IdPs may use another name in access tokens.
 */
final class ResourceTokens {

    private final boolean namesPersonAsIdToken;
    private final Clock clock;

    ResourceTokens(ProviderAccount account, Clock clock) {
        this.namesPersonAsIdToken = account.isLogto();
        this.clock = clock;
    }

    /**
     * The token, if it is a JWT for this person and this resource, and still good for something. Without a resource it
     * may be anything.
     *
     * @param requestedAt when it was asked for: what has changed since may not be in it
     */
    Optional<AccessToken> read(OAuth2AccessTokenResponse response, Identity who, String resource, Instant requestedAt) {
        OAuth2AccessToken issued = response.getAccessToken();
        if (resource.equals(Wanted.NO_RESOURCE)) {
            return Optional.of(token(issued, requestedAt, expiry(issued, requestedAt)));
        }
        return claims(issued.getTokenValue())
                .filter(claims -> claims.getAudience().contains(resource))
                .filter(claims -> !namesPersonAsIdToken || who.subject().equals(claims.getSubject()))
                .map(claims -> token(issued, requestedAt, expiry(claims, issued, requestedAt)))
                .filter(token -> !TokenProperties.isExpired(token, clock));
    }

    private static AccessToken token(OAuth2AccessToken issued, Instant requestedAt, Instant expiry) {
        return new AccessToken(issued.getTokenValue(), requestedAt, expiry, List.copyOf(issued.getScopes()));
    }

    private static Optional<JWTClaimsSet> claims(String value) {
        try {
            return Optional.of(SignedJWT.parse(value).getJWTClaimsSet());
        } catch (ParseException opaque) {
            return Optional.empty();
        }
    }

    /** What the upstream will go by, if the token says so (RFC 9068 makes {@code exp} required). */
    private static Instant expiry(JWTClaimsSet claims, OAuth2AccessToken issued, Instant requestedAt) {
        Date expiry = claims.getExpirationTime();
        return expiry == null ? expiry(issued, requestedAt) : expiry.toInstant();
    }

    /** What the response says, by the clock of this gateway: Spring Security has read another one. */
    private static Instant expiry(OAuth2AccessToken issued, Instant requestedAt) {
        Instant from = Objects.requireNonNull(issued.getIssuedAt());
        Instant to = Objects.requireNonNull(issued.getExpiresAt());
        return requestedAt.plus(Duration.between(from, to));
    }
}
