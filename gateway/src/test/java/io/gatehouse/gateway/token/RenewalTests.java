package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionMeta;
import io.gatehouse.gateway.session.SessionRecord;
import io.gatehouse.gateway.session.SessionSecrets;
import io.gatehouse.gateway.session.SessionTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RenewalTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Map<String, Object> NEWS = Map.of("name", "Alice", "roles", List.of());

    @Test
    void everythingNewTakesThePlaceOfTheOld() {
        SessionRecord next = renewal("used", "rotated", null).appliedTo(session("used", EARLIER, EARLIER));

        assertThat(next.revision()).isEqualTo(2);
        assertThat(next.tokens().refreshToken()).isEqualTo("rotated");
        assertThat(next.tokens().idToken()).isEqualTo("new id token");
        assertThat(next.tokens().access("resource"))
                .hasValueSatisfying(token -> assertThat(token.value()).isEqualTo("new"));
        assertThat(next.identity().claims()).isEqualTo(NEWS);
        assertThat(next.identity().subject()).isEqualTo("alice");
        assertThat(next.identity().sid()).isEqualTo("s1");
        assertThat(next.identityAsOf()).isEqualTo(NOW);
    }

    @Test
    void refreshTokenStaysWhereTheIdpSendsNone() {
        assertThat(renewal("used", null, null)
                        .appliedTo(session("used", EARLIER, EARLIER))
                        .tokens()
                        .refreshToken())
                .isEqualTo("used");
    }

    @Test
    void lateAnswerDoesNotTakeThePlaceOfANewerRefreshToken() {
        SessionRecord next = renewal("used", "late", null).appliedTo(session("newer", EARLIER, EARLIER));

        assertThat(next.tokens().refreshToken()).isEqualTo("newer");
    }

    @Test
    void lateAnswerDoesNotTakeThePlaceOfANewerAccessToken() {
        SessionRecord next = renewal("used", "rotated", null).appliedTo(session("used", LATER, EARLIER));

        assertThat(next.tokens().access("resource"))
                .hasValueSatisfying(token -> assertThat(token.value()).isEqualTo("old"));
        assertThat(next.tokens().refreshToken()).isEqualTo("rotated");
    }

    @Test
    void lateAnswerDoesNotBringBackWhatWasTrueBefore() {
        SessionRecord next = renewal("used", "rotated", null).appliedTo(session("used", EARLIER, LATER));

        assertThat(next.identity().claims()).containsEntry("roles", List.of("bookseller"));
        assertThat(next.tokens().idToken()).isEqualTo("old id token");
        assertThat(next.identityAsOf()).isEqualTo(LATER);
    }

    @Test
    void answerOfNoUseIsUsedForItsRefreshTokenOnly() {
        var defect = GatewayException.of(ProblemType.TOKEN_REFUSED);
        var renewal = new Renewal("used", "rotated", "resource", null, null, null, defect, NOW);

        SessionRecord next = renewal.appliedTo(session("used", EARLIER, EARLIER));

        assertThat(next.tokens().refreshToken()).isEqualTo("rotated");
        assertThat(next.tokens().access("resource"))
                .hasValueSatisfying(token -> assertThat(token.value()).isEqualTo("old"));
        assertThat(next.identityAsOf()).isEqualTo(EARLIER);
        assertThat(next.identity().claims()).containsEntry("roles", List.of("bookseller"));
    }

    @Test
    void answerWithoutIdTokenConfirmsThePerson() {
        var renewal = new Renewal("used", null, "resource", token("new", NOW), null, null, null, NOW);

        SessionRecord next = renewal.appliedTo(session("used", EARLIER, EARLIER));

        assertThat(next.identityAsOf()).isEqualTo(NOW);
        assertThat(next.identity().claims()).containsEntry("roles", List.of("bookseller"));
        assertThat(next.tokens().idToken()).isEqualTo("old id token");
    }

    @Test
    void nothingOfItIsPrinted() {
        assertThat(renewal("used", "rotated", null)).hasToString("Renewal[resource]");
    }

    private static Renewal renewal(String used, @Nullable String rotated, @Nullable GatewayException defect) {
        return new Renewal(used, rotated, "resource", token("new", NOW), "new id token", NEWS, defect, NOW);
    }

    private static SessionRecord session(String refreshToken, Instant tokenIssuedAt, Instant identityAsOf) {
        Identity who = new Identity(
                TestSessions.alice().issuer(),
                "alice",
                "s1",
                Map.of("roles", List.of("bookseller")),
                identityAsOf,
                Map.of());
        SessionTokens tokens = new SessionTokens(
                refreshToken, "old id token", Map.of("resource", token("old", tokenIssuedAt)), Set.of("resource"));
        var meta = new SessionMeta(EARLIER, EARLIER, "Firefox", Map.of());
        return new SessionRecord(1, Instant.EPOCH, meta, new SessionSecrets(who, tokens, null, Map.of(), Map.of()));
    }

    private static AccessToken token(String value, Instant issuedAt) {
        return new AccessToken(value, issuedAt, issuedAt.plusSeconds(600), List.of());
    }
}
