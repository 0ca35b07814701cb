package io.gatehouse.gateway.token;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Reads what the token endpoint issued for an API resource or an organization, and accepts only a JWT that is meant for
 * it (RFC 9068, section 2.2). An IdP that does not know the resource may answer with an opaque token, which opens the
 * IdP's own interfaces in the user's name: it must not reach an upstream.
 *
 * <p>The signature is the upstream's to check; this token came straight from the IdP. At Logto it names the person as
 * the ID token does; other IdPs may use another name in access tokens.
 */
final class ResourceTokens {

    private static final String ORGANIZATION_AUDIENCE = "urn:logto:organization:";

    private final boolean namesPersonAsIdToken;
    private final Freshness freshness;

    ResourceTokens(ProviderAccount account, Freshness freshness) {
        this.namesPersonAsIdToken = account.isLogto();
        this.freshness = freshness;
    }

    /**
     * The token, if it is a JWT for this person and what was wanted, and still good for something. Without a resource
     * and an organization it may be anything.
     *
     * @param requestedAt when it was asked for: what has changed since may not be in it
     */
    Optional<AccessToken> read(OAuth2AccessTokenResponse response, Identity who, Wanted wanted, Instant requestedAt) {
        OAuth2AccessToken issued = response.getAccessToken();
        if (wanted.resource().isEmpty() && wanted.organization().isEmpty()) {
            return Optional.of(token(issued, requestedAt, lifetime(issued)));
        }
        return claims(issued.getTokenValue())
                .filter(claims -> isFor(wanted, claims))
                .filter(claims -> !namesPersonAsIdToken || who.subject().equals(claims.getSubject()))
                .map(claims -> token(issued, requestedAt, lifetime(claims, issued)))
                .filter(token -> !freshness.isExpired(token));
    }

    private static boolean isFor(Wanted wanted, JWTClaimsSet claims) {
        String organization = wanted.organization();
        if (wanted.resource().isEmpty()) {
            return claims.getAudience().contains(ORGANIZATION_AUDIENCE + organization);
        }
        return claims.getAudience().contains(wanted.resource())
                && (organization.isEmpty() || organization.equals(claims.getClaim("organization_id")));
    }

    private static AccessToken token(OAuth2AccessToken issued, Instant requestedAt, Duration lifetime) {
        return new AccessToken(
                issued.getTokenValue(), requestedAt, requestedAt.plus(lifetime), List.copyOf(issued.getScopes()));
    }

    private static Optional<JWTClaimsSet> claims(String value) {
        try {
            return Optional.of(SignedJWT.parse(value).getJWTClaimsSet());
        } catch (ParseException opaque) {
            return Optional.empty();
        }
    }

    /**
     * What the upstream will go by, if the token says so (RFC 9068 makes {@code iat} and {@code exp} required). As a
     * length, because it may be another time at the IdP than here.
     */
    private static Duration lifetime(JWTClaimsSet claims, OAuth2AccessToken issued) {
        Date from = claims.getIssueTime();
        Date to = claims.getExpirationTime();
        return from == null || to == null ? lifetime(issued) : Duration.between(from.toInstant(), to.toInstant());
    }

    /** What the response says; Spring Security has made two times of it, by another clock. */
    private static Duration lifetime(OAuth2AccessToken issued) {
        Instant from = Objects.requireNonNull(issued.getIssuedAt());
        Instant to = Objects.requireNonNull(issued.getExpiresAt());
        return Duration.between(from, to);
    }
}
