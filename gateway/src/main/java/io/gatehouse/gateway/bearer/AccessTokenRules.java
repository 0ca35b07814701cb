package io.gatehouse.gateway.bearer;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentToken;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what the IdP has signed is an access token that is good now (RFC 9068, section 4). Which API it is
 * for is another question.
 *
 * <p>An ID token, signed with the same key, says that somebody has signed in to one application, and an access token
 * says what its bearer may do: the type tells them apart, at Logto always. Elsewhere it may be missing, and then a
 * token with what ID tokens or logout tokens have is none.
 */
final class AccessTokenRules {

    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");
    private static final Set<String> OTHER_TYPES = Set.of("jwt", "");
    private static final Set<String> CLAIMS_OF_OTHERS = Set.of("nonce", "at_hash", "events");

    /** The end of the year 9999, so that nothing overflows that is computed from a time. */
    private static final double LAST_SECOND = 253_402_300_799d;

    private final ProviderAccount account;
    private final Clock clock;

    AccessTokenRules(ProviderAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** Fails with {@link ProblemType#TOKEN_INVALID} if it is none, or none yet, or not any more. */
    BearerToken read(String value, SentToken sent) {
        Map<String, Object> claims = sent.claims();
        require(isAccessToken(sent), "typ is not that of an access token");
        require(account.issuer().equals(claims.get("iss")), "iss is not the issuer");
        Instant expiresAt = time(claims.get("exp"), "exp is missing or no time");
        require(isBefore(expiresAt.plus(CLOCK_SKEW)), "exp is past");
        requireBegun(claims, "nbf");
        requireBegun(claims, "iat");
        List<String> audience = texts(claims.get("aud"));
        require(!audience.isEmpty(), "aud is missing or no text");
        require(!claims.containsKey("cnf"), "cnf binds it to a key that is not shown");
        require(isOfNoOrganization(claims, audience), "organization_id: its scopes count in one organization only");
        Identity identity = new Identity(account.issuer(), subject(claims), null, Collections.unmodifiableMap(claims));
        AccessToken token = new AccessToken(value, clock.instant(), expiresAt, List.of());
        return new BearerToken(token, identity, new HashSet<>(audience));
    }

    /** Unless it is for the organization itself, as its audience says then. */
    private boolean isOfNoOrganization(Map<String, Object> claims, List<String> audience) {
        Object organization = claims.get("organization_id");
        return !account.isLogto()
                || organization == null
                || audience.equals(List.of("urn:logto:organization:" + organization));
    }

    private boolean isAccessToken(SentToken sent) {
        String type = sent.type().toLowerCase(Locale.ROOT);
        return TYPES.contains(type) || (!account.isLogto() && OTHER_TYPES.contains(type) && isOfNoOtherKind(sent));
    }

    private static boolean isOfNoOtherKind(SentToken sent) {
        return CLAIMS_OF_OTHERS.stream().noneMatch(sent.claims()::containsKey);
    }

    private void requireBegun(Map<String, Object> claims, String claim) {
        if (claims.containsKey(claim)) {
            Instant begin = time(claims.get(claim), claim + " is no time");
            require(!isBefore(begin.minus(CLOCK_SKEW)), claim + " is in the future");
        }
    }

    private boolean isBefore(Instant end) {
        return clock.instant().isBefore(end);
    }

    /** Seconds, perhaps with a fraction (RFC 7519, section 2, "NumericDate"). */
    private static Instant time(@Nullable Object claim, String refusal) {
        if (claim instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= LAST_SECOND) {
            return Instant.ofEpochMilli((long) (number.doubleValue() * 1000));
        }
        throw refusal(refusal);
    }

    /** Who it is: a person, or an application that acts for itself (RFC 9068, section 2.2). */
    private static String subject(Map<String, Object> claims) {
        Object name = claims.containsKey("sub") ? claims.get("sub") : claims.get("client_id");
        if (name instanceof String text && !text.isBlank()) {
            return text;
        }
        throw refusal("sub is missing or no text");
    }

    private static List<String> texts(@Nullable Object claim) {
        Stream<?> values = claim instanceof Collection<?> several ? several.stream() : Stream.ofNullable(claim);
        return values.filter(String.class::isInstance).map(String.class::cast).toList();
    }

    private static void require(boolean condition, String refusal) {
        if (!condition) {
            throw refusal(refusal);
        }
    }

    private static GatewayException refusal(String detail) {
        return GatewayException.of(ProblemType.TOKEN_INVALID, detail);
    }
}
