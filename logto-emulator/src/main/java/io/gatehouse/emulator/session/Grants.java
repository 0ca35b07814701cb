package io.gatehouse.emulator.session;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Grants and the codes and tokens that hang on them. What is found here is usable: not expired unless said otherwise,
 * its grant in force, its session not ended. Thread-safe.
 */
public final class Grants {

    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, AuthorizationCode> codes = new HashMap<>();
    private final Map<String, RefreshToken> refreshTokens = new HashMap<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    private final BrowserSessions sessions;
    private final Lifetimes lifetimes;
    private final Identifiers identifiers;
    private final Clock clock;

    public Grants(BrowserSessions sessions, Lifetimes lifetimes, Identifiers identifiers, Clock clock) {
        this.sessions = sessions;
        this.lifetimes = lifetimes;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /** A new grant of nothing, not yet in force. */
    public Grant draft(String accountId, String clientId) {
        Instant end = clock.instant().plus(lifetimes.of(Lifetime.GRANT_LIFETIME));
        return new Grant(identifiers.secret(), accountId, clientId, Set.of(), Map.of(), end);
    }

    public synchronized void save(Grant grant) {
        grants.put(grant.id(), grant);
    }

    public synchronized Optional<Grant> find(String id) {
        return Optional.ofNullable(grants.get(id)).filter(it -> clock.instant().isBefore(it.expiresAt()));
    }

    /** What a user has granted, as far as it is in force. */
    public synchronized List<Grant> of(String userId) {
        return grants.values().stream()
                .filter(it -> it.accountId().equals(userId))
                .filter(it -> clock.instant().isBefore(it.expiresAt()))
                .toList();
    }

    public synchronized AuthorizationCode issueCode(
            TokenSource source, String redirectUri, @Nullable String codeChallenge) {
        Instant end = clock.instant().plus(lifetimes.of(Lifetime.AUTHORIZATION_CODE_LIFETIME));
        var code = new AuthorizationCode(identifiers.secret(), source, redirectUri, codeChallenge, end, false);
        codes.put(code.value(), code);
        return code;
    }

    /** Consumed codes are found, too, as long as they would have lived: their second use is an attack. */
    public synchronized Optional<AuthorizationCode> findCode(String value) {
        return Optional.ofNullable(codes.get(value)).filter(it -> isUsable(it.source(), it.expiresAt()));
    }

    /** False if somebody else was first. */
    public synchronized boolean consume(AuthorizationCode code) {
        var stored = codes.get(code.value());
        if (stored == null || stored.isConsumed()) {
            return false;
        }
        codes.put(code.value(), stored.consumed());
        return true;
    }

    public synchronized void save(RefreshToken token) {
        refreshTokens.put(token.value(), token);
    }

    /** Rotated tokens are found, too. */
    public synchronized Optional<RefreshToken> findRefreshToken(String value) {
        return Optional.ofNullable(refreshTokens.get(value)).filter(it -> isUsable(it.source(), it.expiresAt()));
    }

    public synchronized void consume(RefreshToken token) {
        refreshTokens.put(token.value(), token.consumedAt(clock.instant()));
    }

    public synchronized void save(AccessToken token) {
        accessTokens.put(token.value(), token);
    }

    public synchronized Optional<AccessToken> findAccessToken(String value) {
        return Optional.ofNullable(accessTokens.get(value)).filter(it -> isUsable(it.source(), it.expiresAt()));
    }

    public synchronized void forget(AccessToken token) {
        accessTokens.remove(token.value());
    }

    /** Ends a grant, its codes, its refresh tokens and its opaque access tokens. JWTs live on until they expire. */
    public synchronized void revoke(String grantId) {
        grants.remove(grantId);
        removeTokens(it -> it.grantId().equals(grantId));
    }

    public synchronized void revokeAllOf(String userId) {
        List<Grant> theirs = new ArrayList<>(grants.values());
        theirs.stream().filter(it -> it.accountId().equals(userId)).forEach(it -> revoke(it.id()));
    }

    private void removeTokens(Predicate<TokenSource> which) {
        codes.values().removeIf(it -> which.test(it.source()));
        refreshTokens.values().removeIf(it -> which.test(it.source()));
        accessTokens.values().removeIf(it -> it.source() != null && which.test(it.source()));
    }

    private boolean isUsable(@Nullable TokenSource source, Instant expiresAt) {
        return clock.instant().isBefore(expiresAt) && (source == null || isInForce(source));
    }

    private boolean isInForce(TokenSource source) {
        return find(source.grantId()).isPresent() && (!source.expiresWithSession() || isBound(source));
    }

    /** Whether the session is on record and still stands for the same user and grant. */
    private boolean isBound(TokenSource source) {
        return sessions.findByUid(source.sessionUid())
                .filter(it -> it.belongsTo(source.accountId()))
                .flatMap(it -> it.grantOf(source.clientId()))
                .filter(source.grantId()::equals)
                .isPresent();
    }
}
