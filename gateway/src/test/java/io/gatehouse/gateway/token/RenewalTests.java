package io.gatehouse.gateway.token;

import static io.gatehouse.gateway.token.TestRenewals.BEGUN;
import static io.gatehouse.gateway.token.TestRenewals.session;
import static io.gatehouse.gateway.token.TestRenewals.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is stored of an answer, whenever it comes. */
class RenewalTests {

    private static final String NAME = TestSessions.RESOURCE;
    private static final Instant EARLY = BEGUN.plus(Duration.ofMinutes(50));
    private static final Instant LATE = EARLY.plus(Duration.ofSeconds(10));
    private static final GatewayException DEFECT = GatewayException.of(ProblemType.TOKEN_REFUSED);

    @Test
    void answerInTimeReplacesEverything() {
        SessionRecord next = renewal("first", "second", "new", EARLY).appliedTo(session("first"));

        assertThat(next.revision()).isEqualTo(8);
        assertThat(next.tokens().refreshToken()).isEqualTo("second");
        assertThat(accessToken(next)).isEqualTo("new");
        assertThat(next.tokens().idToken()).isEqualTo("id-of-new");
        assertThat(next.identity().claims()).isEqualTo(Map.of("roles", List.of("new")));
        assertThat(next.identityAsOf()).isEqualTo(EARLY);
    }

    @Test
    void answerWithoutARefreshTokenKeepsTheOldOne() {
        assertThat(renewal("first", null, "new", EARLY)
                        .appliedTo(session("first"))
                        .tokens()
                        .refreshToken())
                .isEqualTo("first");
    }

    @Test
    void answerWithoutAnIdTokenKeepsTheOldOneAndItsClaimsAndConfirmsThem() {
        var renewal = new Renewal("first", "second", NAME, token("new", EARLY), null, null, null, EARLY);

        SessionRecord next = renewal.appliedTo(session("first"));

        assertThat(next.tokens().idToken()).isEqualTo("id-token");
        assertThat(next.identity().claims()).isEqualTo(TestSessions.alice().claims());
        assertThat(next.identityAsOf()).isEqualTo(EARLY);
    }

    @Test
    void lateAnswerUndoesNothingOfANewerOne() {
        SessionRecord newer = renewal("first", "third", "newer", LATE).appliedTo(session("first"));

        SessionRecord next = renewal("first", "second", "late", EARLY).appliedTo(newer);

        assertThat(next.tokens()).isEqualTo(newer.tokens());
        assertThat(next.identity()).isEqualTo(newer.identity());
    }

    @Test
    void newerAnswerReplacesTheTokensOfALateOneButNotARotatedRefreshToken() {
        SessionRecord late = renewal("first", "second", "late", EARLY).appliedTo(session("first"));

        SessionRecord next = renewal("first", "third", "newer", LATE).appliedTo(late);

        assertThat(next.tokens().refreshToken()).isEqualTo("second");
        assertThat(accessToken(next)).isEqualTo("newer");
        assertThat(next.identityAsOf()).isEqualTo(LATE);
    }

    @Test
    void lateAnswerAddsTheTokenOfAnotherResource() {
        SessionRecord newer = renewal("first", "second", "newer", LATE).appliedTo(session("first"));
        var late = new Renewal("first", "x", "https://other", token("other", EARLY), null, null, null, EARLY);

        SessionRecord next = late.appliedTo(newer);

        assertThat(next.tokens().access("https://other")).isPresent();
        assertThat(accessToken(next)).isEqualTo("newer");
        assertThat(next.tokens().refreshToken()).isEqualTo("second");
        assertThat(next.identityAsOf()).isEqualTo(LATE);
    }

    @Test
    void refreshTokenOfADefectiveAnswerIsKeptAndNothingElseOfIt() {
        SessionRecord held = renewal("zero", "first", "held", EARLY).appliedTo(session("zero"));

        SessionRecord next = defective("first", "second").appliedTo(held);

        assertThat(next.tokens().refreshToken()).isEqualTo("second");
        assertThat(accessToken(next)).isEqualTo("held");
        assertThat(next.identity()).isEqualTo(held.identity());
        assertThat(next.tokens().idToken()).isEqualTo("id-of-held");
    }

    @Test
    void refreshTokenOfALateDefectiveAnswerIsNotKept() {
        assertThat(defective("first", "second")
                        .appliedTo(session("third"))
                        .tokens()
                        .refreshToken())
                .isEqualTo("third");
    }

    @Test
    void answersInAnyOrderEndWithTheNewestOfEachAndAnUnbrokenChain() {
        List<Renewal> answers = List.of(
                renewal("first", "second", "a", EARLY),
                renewal("second", "third", "b", EARLY.plusSeconds(60)),
                defective("third", "fourth"),
                renewal("fourth", null, "c", EARLY.plusSeconds(120)));

        SessionRecord inOrder = session("first");
        for (Renewal answer : answers) {
            inOrder = answer.appliedTo(inOrder);
        }
        SessionRecord again = inOrder;
        for (Renewal answer : answers.reversed()) {
            again = answer.appliedTo(again);
        }

        assertThat(inOrder.tokens().refreshToken()).isEqualTo("fourth");
        assertThat(accessToken(inOrder)).isEqualTo("c");
        assertThat(again.secrets()).isEqualTo(inOrder.secrets());
    }

    @Test
    void noTokenIsPrinted() {
        assertThat(renewal("first", "second", "secret", EARLY).toString())
                .doesNotContain("first", "second", "secret", "id-of");
    }

    private static Renewal renewal(String used, @Nullable String rotated, String value, Instant requestedAt) {
        return new Renewal(
                used,
                rotated,
                NAME,
                token(value, requestedAt),
                "id-of-" + value,
                Map.of("roles", List.of(value)),
                null,
                requestedAt);
    }

    private static Renewal defective(String used, String rotated) {
        return new Renewal(used, rotated, NAME, null, null, null, DEFECT, LATE);
    }

    private static String accessToken(SessionRecord session) {
        return session.tokens().access(NAME).map(AccessToken::value).orElse("");
    }
}
