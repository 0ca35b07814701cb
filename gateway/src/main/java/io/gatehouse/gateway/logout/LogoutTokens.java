package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what the IdP has signed is a logout token for this gateway, now (OpenID Connect Back-Channel Logout
 * 1.0, section 2.6). An ID token is none: it has a nonce or lacks the event, whatever its {@code typ}.
 */
final class LogoutTokens {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** What Logto writes, and what RFC 8725, section 3.11, wants. */
    private static final String TYPE = "logout+jwt";

    /** Older IdPs write these; the specification lets them (section 2.4). */
    private static final Set<String> OTHER_TYPES = Set.of("jwt", "");

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /**
     * How old a token may be, whatever its {@code exp} says: twice the two minutes that the specification recommends
     * for its lifetime, and the clock skew. So a used one need not be remembered for as long as an IdP likes.
     */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** How long a used token is remembered: longer than it could be accepted, which is for 6 minutes. */
    static final Duration MEMORY = MAX_AGE.multipliedBy(2);

    private final ProviderAccount account;
    private final Clock clock;

    LogoutTokens(ProviderAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /** @throws LogoutRefusedException if it is none, or not for us, or not any more */
    LogoutToken read(SentToken token) {
        Map<String, Object> claims = token.claims();
        require(isLogoutType(token.type()), LogoutRefusal.TYPE);
        require(account.issuer().equals(claims.get("iss")), LogoutRefusal.ISSUER);
        require(isForUsAlone(claims.get("aud")), LogoutRefusal.AUDIENCE);
        require(isRecent(claims.get("iat")), LogoutRefusal.ISSUED_AT);
        require(isAhead(claims.get("exp")), LogoutRefusal.EXPIRED);
        require(isLogout(claims.get("events")), LogoutRefusal.EVENT);
        require(!claims.containsKey("nonce"), LogoutRefusal.NONCE);
        String id = name(claims.get("jti"), LogoutRefusal.ID);
        return new LogoutToken(id, nameIfGiven(claims.get("sub")), nameIfGiven(claims.get("sid")));
    }

    private boolean isLogoutType(String type) {
        return TYPE.equalsIgnoreCase(type)
                || (!account.isLogto() && OTHER_TYPES.contains(type.toLowerCase(Locale.ROOT)));
    }

    /** As in ID tokens: one more audience is one we have no reason to trust (OpenID Connect Core 1.0, 3.1.3.7). */
    private boolean isForUsAlone(@Nullable Object audience) {
        List<?> audiences = audience instanceof Collection<?> several ? List.copyOf(several) : asList(audience);
        return !audiences.isEmpty() && audiences.stream().allMatch(account.clientId()::equals);
    }

    private static List<?> asList(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private boolean isRecent(@Nullable Object issuedAt) {
        long now = clock.instant().getEpochSecond();
        return issuedAt instanceof Number seconds
                && seconds.longValue() <= now + CLOCK_SKEW.toSeconds()
                && seconds.longValue() >= now - MAX_AGE.toSeconds();
    }

    private boolean isAhead(@Nullable Object expiry) {
        return expiry instanceof Number seconds
                && seconds.longValue() > clock.instant().getEpochSecond() - CLOCK_SKEW.toSeconds();
    }

    private static boolean isLogout(@Nullable Object events) {
        return events instanceof Map<?, ?> named && named.get(EVENT) instanceof Map;
    }

    /** One that is there and is no name is refused, not passed over: without it the token would say something else. */
    private static @Nullable String nameIfGiven(@Nullable Object claim) {
        return claim == null ? null : name(claim, LogoutRefusal.SUBJECT);
    }

    private static String name(@Nullable Object claim, LogoutRefusal otherwise) {
        if (claim instanceof String name && !name.isBlank()) {
            return name;
        }
        throw new LogoutRefusedException(otherwise);
    }

    private static void require(boolean condition, LogoutRefusal refusal) {
        if (!condition) {
            throw new LogoutRefusedException(refusal);
        }
    }
}
