package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token has to say, once its signature is good (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
class LogoutTokensTests {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final MutableClock CLOCK = MutableClock.startingNow();
    private static final long NOW = CLOCK.instant().getEpochSecond();

    private final LogoutTokens logto = new LogoutTokens(account(true), CLOCK);
    private final LogoutTokens other = new LogoutTokens(account(false), CLOCK);

    @Test
    void tokenAsLogtoWritesItNamesPersonAndSession() {
        assertThat(logto.read(token(claims()))).isEqualTo(new LogoutToken("j1", "alice", "s1"));
    }

    @Test
    void personOrSessionIsEnough() {
        assertThat(logto.read(token(without("sid")))).isEqualTo(new LogoutToken("j1", "alice", null));
        assertThat(logto.read(token(without("sub")))).isEqualTo(new LogoutToken("j1", null, "s1"));
    }

    @ParameterizedTest
    @MethodSource
    void whatTheSpecificationAllowsIsAccepted(String claim, Object value) {
        assertThat(logto.read(token(with(claim, value))).id()).isEqualTo("j1");
    }

    static List<Arguments> whatTheSpecificationAllowsIsAccepted() {
        return List.of(
                Arguments.of("aud", List.of("gateway")),
                Arguments.of("iat", NOW + 60),
                Arguments.of("iat", NOW - 300),
                Arguments.of("iat", NOW - 0.5),
                Arguments.of("exp", NOW - 59),
                Arguments.of("events", Map.of(EVENT, Map.of("any", "thing"), "urn:other", Map.of())),
                Arguments.of("trace_id", "x"));
    }

    @ParameterizedTest
    @MethodSource
    void anythingElseIsRefused(String claim, Object value, LogoutRefusal refusal) {
        assertRefused(logto, token(with(claim, value)), refusal);
    }

    static List<Arguments> anythingElseIsRefused() {
        return List.of(
                Arguments.of("iss", "https://evil.example", LogoutRefusal.ISSUER),
                Arguments.of("iss", "https://idp.example/oidc/", LogoutRefusal.ISSUER),
                Arguments.of("aud", "another", LogoutRefusal.AUDIENCE),
                Arguments.of("aud", List.of(), LogoutRefusal.AUDIENCE),
                Arguments.of("aud", List.of("another"), LogoutRefusal.AUDIENCE),
                Arguments.of("aud", List.of("gateway", "another"), LogoutRefusal.AUDIENCE),
                Arguments.of("aud", 7, LogoutRefusal.AUDIENCE),
                Arguments.of("iat", NOW + 61, LogoutRefusal.ISSUED_AT),
                Arguments.of("iat", NOW - 301, LogoutRefusal.ISSUED_AT),
                Arguments.of("iat", 1e300, LogoutRefusal.ISSUED_AT),
                Arguments.of("iat", -1e300, LogoutRefusal.ISSUED_AT),
                Arguments.of("iat", Long.toString(NOW), LogoutRefusal.ISSUED_AT),
                Arguments.of("exp", NOW - 60, LogoutRefusal.EXPIRED),
                Arguments.of("exp", -1e300, LogoutRefusal.EXPIRED),
                Arguments.of("exp", "never", LogoutRefusal.EXPIRED),
                Arguments.of("events", EVENT, LogoutRefusal.EVENT),
                Arguments.of("events", List.of(EVENT), LogoutRefusal.EVENT),
                Arguments.of("events", Map.of(), LogoutRefusal.EVENT),
                Arguments.of("events", Map.of("urn:other", Map.of()), LogoutRefusal.EVENT),
                Arguments.of("events", Map.of(EVENT, "true"), LogoutRefusal.EVENT),
                Arguments.of("events", Map.of(EVENT, List.of()), LogoutRefusal.EVENT),
                Arguments.of("nonce", "n", LogoutRefusal.NONCE),
                Arguments.of("jti", " ", LogoutRefusal.ID),
                Arguments.of("jti", 7, LogoutRefusal.ID),
                Arguments.of("sub", "", LogoutRefusal.SUBJECT),
                Arguments.of("sub", 7, LogoutRefusal.SUBJECT),
                Arguments.of("sid", List.of("s1"), LogoutRefusal.SUBJECT));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsRequiredIsMissed(String claim, LogoutRefusal refusal) {
        assertRefused(logto, token(without(claim)), refusal);
    }

    static List<Arguments> whatIsRequiredIsMissed() {
        return List.of(
                Arguments.of("iss", LogoutRefusal.ISSUER),
                Arguments.of("aud", LogoutRefusal.AUDIENCE),
                Arguments.of("iat", LogoutRefusal.ISSUED_AT),
                Arguments.of("exp", LogoutRefusal.EXPIRED),
                Arguments.of("events", LogoutRefusal.EVENT),
                Arguments.of("jti", LogoutRefusal.ID));
    }

    @Test
    void nobodysSignOutIsRefused() {
        Map<String, Object> claims = without("sub");
        claims.remove("sid");

        assertRefused(logto, token(claims), LogoutRefusal.SUBJECT);
    }

    /** An ID token or access token of the same IdP, signed with the same key, is no logout token. */
    @ParameterizedTest
    @ValueSource(strings = {"", "JWT", "at+jwt", "secevent+jwt", "application/logout+jwt"})
    void logtosTokensAreOfTheirOwnType(String type) {
        assertRefused(logto, new SentToken(type, claims()), LogoutRefusal.TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JWT", "jwt", "logout+jwt", "Logout+JWT"})
    void otherIdpsMayLeaveTheTypeOut(String type) {
        assertThat(other.read(new SentToken(type, claims())).id()).isEqualTo("j1");
    }

    @Test
    void accessTokenIsRefusedFromAnyIdp() {
        assertRefused(other, new SentToken("at+jwt", claims()), LogoutRefusal.TYPE);
    }

    private static void assertRefused(LogoutTokens tokens, SentToken token, LogoutRefusal refusal) {
        assertThatExceptionOfType(LogoutRefusedException.class)
                .isThrownBy(() -> tokens.read(token))
                .extracting(LogoutRefusedException::refusal)
                .isEqualTo(refusal);
    }

    private static ProviderAccount account(boolean isLogto) {
        return new ProviderAccount("https://idp.example/oidc", "gateway", Secret.of("secret"), isLogto);
    }

    private static SentToken token(Map<String, Object> claims) {
        return new SentToken("logout+jwt", claims);
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private static Map<String, Object> without(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        return claims;
    }

    private static Map<String, Object> claims() {
        return new HashMap<>(Map.of(
                "iss", "https://idp.example/oidc",
                "aud", "gateway",
                "sub", "alice",
                "sid", "s1",
                "jti", "j1",
                "iat", NOW,
                "exp", NOW + 120,
                "events", Map.of(EVENT, Map.of())));
    }
}
