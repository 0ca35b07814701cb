package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Line;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Storm;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three replicas get 200 requests each of one session at the moment its access token is to be renewed. Logto rotates
 * the refresh token every time and revokes the grant when it sees the old one again after three seconds.
 */
class RefreshStormIT {

    private static final int REPETITIONS = Scale.of(3, 50);
    private static final int REPLICAS = 3;
    private static final int EACH = 200;

    /** What is left of Logto's three seconds when the token is sent once more. */
    private static final Duration REPEATABLE = Duration.ofMillis(2500);

    private static final Line LINE = new Line();

    @RegisterExtension
    @Order(1)
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.session.idle-timeout", "24h",
            "gatehouse.session.lifetime", "240h",
            // Longer than Logto takes at full scale.
            "gatehouse.token.patience", "20s"));

    @RegisterExtension
    @Order(2)
    static final Fleet FLEET = new Fleet(STAGE, REPLICAS);

    static {
        STAGE.logto().behind(LINE);
    }

    private Person person;

    @BeforeEach
    void signIn() {
        STAGE.logto().rotateAlways();
        STAGE.logto().accessTokensLive(Age.LIFETIME);
        person = Person.signedIn(STAGE);
        assertThat(storm(1)).allMatch(answer -> answer.status() == 200);
    }

    static Stream<Arguments> weathers() {
        return Stream.of(Weather.values())
                .flatMap(weather -> Stream.of(Age.values()).map(age -> Arguments.of(weather, age)));
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void nobodyNoticesARefresh(Weather weather, Age age) {
        for (int i = 0; i < REPETITIONS; i++) {
            verifyRefresh(weather, age, () -> {});
        }
        verifyRefresh(Weather.CALM, Age.DUE, () -> {});
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesThatTheSessionIsChangedMeanwhile(Age age) {
        for (int i = 0; i < REPETITIONS; i++) {
            verifyRefresh(Weather.CALM, age, () -> {
                FLEET.replicas().forEach(person::change);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                FLEET.replicas().forEach(person::change);
            });
        }
    }

    /** What was issued is not stored before its ID token is verified, and until then nobody else may ask. */
    @ParameterizedTest
    @EnumSource
    void nobodyNoticesThatTheKeysOfTheIdTokenComeLate(Age age) {
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"RSA\"}");

        verifyRefresh(
                Weather.CALM,
                age,
                () -> STAGE.logto().fault("{\"endpoint\":\"jwks\",\"kind\":\"latency\",\"delay\":\"3s\"}"));
    }

    /** Nearly as wrong as a clock may be; a request of the test takes a second or two. */
    @ParameterizedTest
    @CsvSource({"55,-55,0", "-55,0,0", "55,0,0", "0,0,55", "0,0,-55"})
    void nobodyNoticesThatClocksAreWrong(int second, int third, int logto) {
        FLEET.replicas().get(1).clock().advance(Duration.ofSeconds(second));
        FLEET.replicas().get(2).clock().advance(Duration.ofSeconds(third));
        STAGE.setLogtoAhead(Duration.ofSeconds(logto));
        for (int i = 0; i < Scale.of(1, 50); i++) {
            for (Age age : Age.values()) {
                verifyRefresh(Weather.CALM, age, () -> {});
                verifyRefresh(Weather.LOST_RESPONSE, age, () -> {});
            }
        }
    }

    @Test
    void nobodyNoticesThatLogtoIsGoneWhileTokensAreValid() {
        FLEET.advance(Age.DUE.passed());
        LINE.cut();
        List<Storm.Answer> answers = storm(EACH);
        LINE.restore();

        assertThat(Storm.statuses(answers)).isEqualTo(Map.of(200, (long) EACH * REPLICAS));
        verifyRefresh(Weather.CALM, Age.DUE, () -> {});
    }

    @Test
    void everybodyIsToldToTryAgainWhileLogtoIsGoneAndTokensHaveExpired() {
        FLEET.advance(Age.EXPIRED.passed());
        LINE.cut();
        List<Storm.Answer> answers = storm(EACH);
        LINE.restore();

        assertThat(Storm.statuses(answers)).isEqualTo(Map.of(503, (long) EACH * REPLICAS));
        assertThat(answers).noneMatch(Storm.Answer::isCookieChanged);
        FLEET.advance(Duration.ofSeconds(1));
        assertThat(storm(EACH)).allMatch(answer -> answer.status() == 200);
        verifyRefresh(Weather.CALM, Age.DUE, () -> {});
    }

    @Test
    void refreshTokenIsSentTwiceAtMostWhileLogtoFailsAndTokensAreValid() {
        FLEET.advance(Age.DUE.passed());
        STAGE.logto().forgetCalls();
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503}");

        assertThat(storm(EACH)).allMatch(answer -> answer.status() == 200);

        assertThat(STAGE.logto().refreshes()).hasSize(2);
        verifyRefresh(Weather.CALM, Age.DUE, () -> {});
    }

    private void verifyRefresh(Weather weather, Age age, Runnable meanwhile) {
        String before = person.accessToken();
        FLEET.advance(age.passed());
        STAGE.upstream().forget();
        weather.begin(STAGE.logto());

        Storm storm = Storm.begin(EACH, FLEET.urls("/api/books"), person.cookie());
        meanwhile.run();
        List<Storm.Answer> answers = storm.answers();
        person.awaitAnotherThan(before);

        assertThat(Storm.statuses(answers)).isEqualTo(Map.of(200, (long) EACH * REPLICAS));
        assertThat(answers).noneMatch(Storm.Answer::isCookieChanged);
        verifyCalls(weather);
        verifyTokens();
        assertThat(STAGE.logto().grants("alice")).isEqualTo(1);
        System.out.printf("%s, %s: slowest answer %s%n", weather, age, slowest(answers));
    }

    private static void verifyCalls(Weather weather) {
        List<Instant> calls = STAGE.logto().refreshes();
        assertThat(calls).hasSize(weather.calls());
        assertThat(Duration.between(calls.getFirst(), calls.getLast())).isLessThan(REPEATABLE);
    }

    private static void verifyTokens() {
        Instant now = STAGE.gateway().clock().instant();
        assertThat(STAGE.upstream().received())
                .hasSize(EACH * REPLICAS)
                .extracting(Received::headers)
                .extracting(headers -> headers.get("Authorization"))
                .allSatisfy(authorization ->
                        assertThat(Person.expiry(authorization)).isAfter(now));
    }

    private List<Storm.Answer> storm(int each) {
        return Storm.begin(each, FLEET.urls("/api/books"), person.cookie()).answers();
    }

    private static Duration slowest(List<Storm.Answer> answers) {
        return answers.stream()
                .map(Storm.Answer::took)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
