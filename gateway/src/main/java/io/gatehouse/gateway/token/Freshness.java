package io.gatehouse.gateway.token;

import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether what the IdP has issued is to be renewed, and whether it may be used while that fails. By the clock of this
 * gateway and from when it was asked for, so that it does not matter what time it is at the IdP.
 */
final class Freshness {

    /** What an IdP vouches for without saying for how long. */
    private static final Duration USUAL_LIFETIME = Duration.ofHours(1);

    private static final int JITTER_STEPS = 1_000;

    private final Duration ahead;
    private final Clock clock;

    Freshness(TokenProperties properties, Clock clock) {
        this.ahead = properties.refreshAhead();
        this.clock = clock;
    }

    /**
     * Whether the token should be renewed now, though it may still be valid.
     *
     * @param renewal tokens issued before are due
     */
    boolean isDue(AccessToken token, Instant renewal) {
        return token.issuedAt().isBefore(renewal)
                || isDue(token.issuedAt(), token.expiresAt(), token.value().hashCode());
    }

    /** Whether the token may be used while there is no newer one to be had. */
    boolean isUsable(AccessToken token, Instant renewal) {
        return !isExpired(token) && !token.issuedAt().isBefore(renewal);
    }

    boolean isExpired(AccessToken token) {
        return isOver(token.expiresAt());
    }

    /**
     * Whether the IdP should be asked again what it says about the person. Without a refresh token it cannot be.
     *
     * @param maxAge how old the answer may be at most
     */
    boolean isIdentityDue(BrowserSession session, Duration maxAge) {
        if (session.tokens().refreshToken() == null) {
            return false;
        }
        Instant asOf = session.record().identityAsOf();
        return asOf.isBefore(session.record().renewal())
                || isOver(asOf.plus(maxAge))
                || isDue(asOf, endOfIdentity(session), session.id().hashCode());
    }

    /** Whether what the IdP has said about the person counts while it cannot be asked. */
    boolean isIdentityUsable(BrowserSession session) {
        return !session.record().identityAsOf().isBefore(session.record().renewal()) && !isOver(endOfIdentity(session));
    }

    private static Instant endOfIdentity(BrowserSession session) {
        return session.record()
                .identityAsOf()
                .plus(session.identity().lifetime().orElse(USUAL_LIFETIME));
    }

    /** Not all at the same moment, where many have been issued at the same moment: some half as early again. */
    private boolean isDue(Instant from, Instant to, int salt) {
        Duration half = Duration.between(from, to).dividedBy(2);
        Duration early = ahead.plus(ahead.dividedBy(2)
                .multipliedBy(Math.floorMod(salt, JITTER_STEPS))
                .dividedBy(JITTER_STEPS));
        return isOver(to.minus(early.compareTo(half) < 0 ? early : half));
    }

    private boolean isOver(Instant end) {
        return !clock.instant().isBefore(end);
    }
}
