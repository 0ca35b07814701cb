package io.gatehouse.gateway.bearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token has to say, once its signature is good (RFC 9068, section 4). */
class AccessTokenRulesTests {

    private static final MutableClock CLOCK = MutableClock.startingNow();
    private static final long NOW = CLOCK.instant().getEpochSecond();

    private final AccessTokenRules logto = new AccessTokenRules(account(true), CLOCK);
    private final AccessTokenRules other = new AccessTokenRules(account(false), CLOCK);

    @Test
    void tokenAsLogtoWritesItNamesWhoeverItIs() {
        BearerToken bearer = logto.read("value", token(claims()));

        assertThat(bearer.identity().issuer()).isEqualTo("https://idp.example/oidc");
        assertThat(bearer.identity().subject()).isEqualTo("alice");
        assertThat(bearer.identity().sid()).isNull();
        assertThat(bearer.identity().claims()).containsEntry("scope", "read:books");
        assertThat(bearer.token().value()).isEqualTo("value");
        assertThat(bearer.token().expiresAt()).isEqualTo(Instant.ofEpochSecond(NOW + 3600));
        assertThat(bearer.isFor("https://api")).isTrue();
        assertThat(bearer.isFor("https://other")).isFalse();
    }

    @Test
    void tokenIsNeverPrinted() {
        assertThat(logto.read("secret-value", token(claims()))).asString().doesNotContain("secret-value", "alice");
    }

    @Test
    void applicationThatActsForItselfMayHaveNoSubject() {
        Map<String, Object> claims = without("sub");
        claims.put("client_id", "robot");

        assertThat(logto.read("value", token(claims)).identity().subject()).isEqualTo("robot");
    }

    @ParameterizedTest
    @MethodSource
    void whatTheSpecificationsAllowIsAccepted(String claim, Object value) {
        assertThat(logto.read("value", token(with(claim, value))).isFor("https://api"))
                .isTrue();
    }

    static List<Arguments> whatTheSpecificationsAllowIsAccepted() {
        return List.of(
                Arguments.of("aud", List.of("https://other", "https://api")),
                Arguments.of("aud", List.of("https://api", 7)),
                Arguments.of("exp", NOW + 0.5),
                Arguments.of("exp", NOW - 58.5),
                Arguments.of("exp", 253_402_300_799L),
                Arguments.of("nbf", NOW + 60),
                Arguments.of("iat", NOW + 60),
                Arguments.of("iat", NOW - 1_000_000.25),
                Arguments.of("nonce", "an access token may say what it likes"));
    }

    /** S50 and S51. */
    @ParameterizedTest
    @MethodSource
    void anythingElseIsRefused(String claim, Object value) {
        assertRefused(logto, token(with(claim, value)));
    }

    static List<Arguments> anythingElseIsRefused() {
        return List.of(
                Arguments.of("iss", "https://evil.example"),
                Arguments.of("iss", "https://idp.example/oidc/"),
                Arguments.of("iss", List.of("https://idp.example/oidc")),
                Arguments.of("aud", List.of()),
                Arguments.of("aud", 7),
                Arguments.of("aud", Map.of("https://api", true)),
                Arguments.of("exp", NOW - 61),
                Arguments.of("exp", NOW - 61.5),
                Arguments.of("exp", Long.toString(NOW + 60)),
                Arguments.of("exp", -1),
                Arguments.of("exp", 1e300),
                Arguments.of("exp", Double.NaN),
                Arguments.of("exp", Double.POSITIVE_INFINITY),
                Arguments.of("exp", Long.MAX_VALUE),
                Arguments.of("exp", List.of(NOW + 60)),
                Arguments.of("nbf", NOW + 62),
                Arguments.of("nbf", "now"),
                Arguments.of("iat", NOW + 62),
                Arguments.of("iat", 1e300),
                Arguments.of("sub", ""),
                Arguments.of("sub", 7),
                Arguments.of("sub", List.of("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub"})
    void whatIsRequiredIsMissed(String claim) {
        assertRefused(logto, token(without(claim)));
        assertRefused(other, token(without(claim)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
    void typeIsThatOfAnAccessToken(String type) {
        assertThat(logto.read("value", new SentToken(type, claims()))).isNotNull();
        assertThat(other.read("value", new SentToken(type, claims()))).isNotNull();
    }

    /** ID tokens and logout tokens of the same IdP, signed with the same key, open nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "JWT", "logout+jwt", "secevent+jwt", "gatehouse-assertion+jwt", "dpop+jwt"})
    void logtosTokensAreOfTheirOwnType(String type) {
        assertRefused(logto, new SentToken(type, claims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JWT", "jwt"})
    void otherIdpsMayWriteAnOrdinaryType(String type) {
        assertThat(other.read("value", new SentToken(type, claims()))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "secevent+jwt", "id+jwt"})
    void otherTypesAreNoAccessTokensAnywhere(String type) {
        assertRefused(other, new SentToken(type, claims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "events"})
    void withoutATypeWhatIdTokensAndLogoutTokensHaveTellsThem(String claim) {
        assertRefused(other, new SentToken("JWT", with(claim, "x")));
        assertThat(other.read("value", new SentToken("at+jwt", with(claim, "x"))))
                .isNotNull();
    }

    private static void assertRefused(AccessTokenRules rules, SentToken token) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> rules.read("value", token))
                .matches(GatewayException.is(ProblemType.TOKEN_INVALID)::test);
    }

    private static ProviderAccount account(boolean isLogto) {
        return new ProviderAccount("https://idp.example/oidc", "gateway", Secret.of("secret"), isLogto);
    }

    private static SentToken token(Map<String, Object> claims) {
        return new SentToken("at+jwt", claims);
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
                "aud", "https://api",
                "sub", "alice",
                "scope", "read:books",
                "iat", NOW,
                "exp", NOW + 3600));
    }
}
