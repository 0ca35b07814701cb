package io.gatehouse.emulator.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser known to Logto, signed in or about to be.
 *
 * @param uid stable over the session's life; administrators name the session by it
 * @param cookie the value of {@code _session}, renewed at every sign-in
 * @param accountId null while nobody is signed in
 * @param loginAt when the user last gave credentials; null while nobody is signed in
 * @param authorizations by client id
 */
public record BrowserSession(
        String uid,
        String cookie,
        @Nullable String accountId,
        @Nullable Instant loginAt,
        Map<String, ClientAuthorization> authorizations,
        @Nullable PendingLogout logout,
        Instant expiresAt) {

    public static BrowserSession fresh(Identifiers identifiers) {
        return new BrowserSession(
                identifiers.secret(), identifiers.secret(), null, null, Map.of(), null, Instant.EPOCH);
    }

    public boolean belongsTo(String user) {
        return user.equals(accountId);
    }

    public Optional<ClientAuthorization> authorizationOf(String clientId) {
        return Optional.ofNullable(authorizations.get(clientId));
    }

    public Optional<String> grantOf(String clientId) {
        return authorizationOf(clientId).map(ClientAuthorization::grantId);
    }

    /** Whether the last sign-in is longer ago than {@code maxAge}; true while nobody is signed in. */
    public boolean isOlderThan(Duration maxAge, Instant now) {
        return loginAt == null || Duration.between(loginAt, now).compareTo(maxAge) > 0;
    }

    public BrowserSession loggedIn(String user, Instant now) {
        return new BrowserSession(uid, cookie, user, now, authorizations, logout, expiresAt);
    }

    public BrowserSession withCookie(String renewed) {
        return new BrowserSession(uid, renewed, accountId, loginAt, authorizations, logout, expiresAt);
    }

    public BrowserSession withLogout(PendingLogout pending) {
        return new BrowserSession(uid, cookie, accountId, loginAt, authorizations, pending, expiresAt);
    }

    /** Binds the client to a grant; its {@code sid} is made once and then kept. */
    public BrowserSession withGrant(String clientId, String grantId, Identifiers identifiers) {
        var known =
                authorizationOf(clientId).orElseGet(() -> new ClientAuthorization(identifiers.secret(), null, false));
        return with(clientId, known.withGrant(grantId));
    }

    public BrowserSession withPersistentGrant(String clientId) {
        return authorizationOf(clientId)
                .map(known -> with(clientId, known.persistent()))
                .orElse(this);
    }

    private BrowserSession with(String clientId, ClientAuthorization authorization) {
        var changed = new LinkedHashMap<>(authorizations);
        changed.put(clientId, authorization);
        return new BrowserSession(uid, cookie, accountId, loginAt, changed, logout, expiresAt);
    }

    BrowserSession until(Instant end) {
        return new BrowserSession(uid, cookie, accountId, loginAt, authorizations, logout, end);
    }
}
