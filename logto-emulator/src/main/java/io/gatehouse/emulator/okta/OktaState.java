package io.gatehouse.emulator.okta;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Okta's accounts, browser sessions, codes and access tokens. Thread-safe. */
public final class OktaState {

    private final OktaAccounts accounts = new OktaAccounts();
    private final Map<String, OktaAccount> sessions = new ConcurrentHashMap<>();
    private final Map<String, OktaCode> codes = new ConcurrentHashMap<>();
    private final Map<String, OktaAccount> accessTokens = new ConcurrentHashMap<>();

    public OktaAccounts accounts() {
        return accounts;
    }

    /** Signs every browser out of Okta. */
    public void endSessions() {
        sessions.clear();
    }

    Optional<OktaAccount> session(String cookie) {
        return Optional.ofNullable(sessions.get(cookie));
    }

    void startSession(String cookie, OktaAccount account) {
        sessions.put(cookie, account);
    }

    void endSession(String cookie) {
        sessions.remove(cookie);
    }

    void put(String code, OktaCode content) {
        codes.put(code, content);
    }

    /** A code is good once. */
    Optional<OktaCode> redeem(String code) {
        return Optional.ofNullable(codes.remove(code));
    }

    void putAccessToken(String token, OktaAccount account) {
        accessTokens.put(token, account);
    }

    Optional<OktaAccount> accessToken(String token) {
        return Optional.ofNullable(accessTokens.get(token));
    }

    /**
     * What a code stands for.
     *
     * @param nonce null if the request had none
     */
    record OktaCode(OktaAccount account, @Nullable String nonce) {}
}
