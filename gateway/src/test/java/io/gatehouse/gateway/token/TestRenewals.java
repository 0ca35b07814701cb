package io.gatehouse.gateway.token;

import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionId;
import io.gatehouse.gateway.session.SessionMeta;
import io.gatehouse.gateway.session.SessionRecord;
import io.gatehouse.gateway.session.SessionSecrets;
import io.gatehouse.gateway.session.SessionTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Valid sessions and what refreshes make of them. */
final class TestRenewals {

    static final Instant BEGUN = Instant.parse("2026-01-01T08:00:00Z");

    private TestRenewals() {}

    /** A session of Alice. */
    static SessionRecord session(String refreshToken) {
        return session(TestSessions.alice(), TestSessions.tokens(refreshToken));
    }

    static SessionRecord session(Identity identity, SessionTokens tokens) {
        return new SessionRecord(
                7,
                Instant.EPOCH,
                new SessionMeta(BEGUN, BEGUN, "Firefox", Map.of()),
                new SessionSecrets(identity, tokens, null, Map.of(), Map.of()));
    }

    /** The same of a browser with this letter all over its id. */
    static BrowserSession browserSession(char letter, String refreshToken) {
        return new BrowserSession(new SessionId(Character.toString(letter).repeat(43)), session(refreshToken));
    }

    static AccessToken token(String value, Instant issuedAt) {
        return new AccessToken(value, issuedAt, issuedAt.plus(Duration.ofHours(1)), List.of("read:books"));
    }
}
