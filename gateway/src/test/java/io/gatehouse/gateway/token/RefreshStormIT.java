package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Storm;
import io.gatehouse.gateway.fixture.Storm.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three replicas, 200 requests on each at the same moment, and one session whose token has to be renewed; at an IdP
 * that rotates the refresh token every time, and ends the grant if it sees a rotated one after three seconds.
 */
class RefreshStormIT {

    private static final int REPLICAS = 3;
    private static final int EACH = 200;
    private static final Duration DUE = Duration.ofSeconds(570);
    private static final Duration EXPIRED = Duration.ofSeconds(601);
    private static final Duration LATENCY = Scale.of(Duration.ofSeconds(3), Duration.ofSeconds(9));

    @Order(1)
    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.token.patience", "15s"));

    @Order(2)
    @RegisterExtension
    static final Fleet FLEET = new Fleet(STAGE, REPLICAS);

    private final Browser browser = new Browser();
    private String cookie = "";

    @BeforeEach
    void haveATokenThatRotates() {
        STAGE.logto().rotateAlways();
        STAGE.logto().accessTokensLive(Duration.ofMinutes(10));
        STAGE.signInAsAlice(browser);
        cookie = "gatehouse=" + browser.cookies().get("gatehouse");
        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
        forget();
    }

    @ParameterizedTest
    @CsvSource({"PT570S", "PT601S"})
    void sessionIsRefreshedOnceForAllReplicas(Duration passed) {
        for (int i = 0; i < Scale.of(3, 50); i++) {
            FLEET.advance(passed);

            assertAllServed(storm());

            assertThat(refreshes()).hasSize(1);
            forget();
        }
        assertStillSignedIn();
    }

    @ParameterizedTest
    @CsvSource({"latency, PT570S", "latency, PT601S", "latency-after, PT570S", "latency-after, PT601S"})
    void slowIdpIsAskedOnce(String kind, Duration passed) {
        for (int i = 0; i < Scale.of(1, 50); i++) {
            STAGE.logto().fault(once(kind, ",\"delay\":\"" + LATENCY + "\""));
            FLEET.advance(passed);

            List<Answer> answers = storm();

            assertAllServed(answers);
            if (passed.equals(DUE)) {
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.took()).isLessThan(LATENCY));
            }
            Awaitility.await()
                    .atMost(LATENCY.plusSeconds(5))
                    .until(() -> refreshes().size() == 1);
            assertAllServed(storm());
            assertThat(refreshes()).hasSize(1);
            forget();
        }
        assertStillSignedIn();
    }

    @ParameterizedTest
    @CsvSource({
        "lost-response, PT570S, 2",
        "lost-response, PT601S, 2",
        "reset, PT570S, 2",
        "reset, PT601S, 2",
        "duplicate-delivery, PT570S, 1",
        "duplicate-delivery, PT601S, 1",
        "status, PT570S, 2",
        "status, PT601S, 2"
    })
    void answerThatIsLostCostsNobodyTheSession(String kind, Duration passed, int calls) {
        for (int i = 0; i < Scale.of(3, 50); i++) {
            STAGE.logto().fault(once(kind, ""));
            FLEET.advance(passed);

            assertAllServed(storm());

            List<Instant> sent = refreshes();
            assertThat(sent).hasSize(calls);
            assertThat(Duration.between(sent.getFirst(), sent.getLast())).isLessThan(Duration.ofMillis(2500));
            forget();
        }
        assertStillSignedIn();
    }

    @Test
    void idpThatIsDownCostsNobodyTheSession() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503}");
        FLEET.advance(DUE);
        assertAllServed(storm());
        FLEET.advance(EXPIRED.minus(DUE));
        assertThat(storm()).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.isCookieChanged()).isFalse();
        });

        STAGE.logto().clearFaults();

        assertAllServed(storm());
        assertStillSignedIn();
    }

    /** Nearly the minute that is tolerated: the clocks of the test stand still while Logto's goes on. */
    @ParameterizedTest
    @CsvSource({"-50", "50"})
    void clockThatIsWrongCostsNobodyTheSession(long seconds) {
        FLEET.replicas().getLast().clock().advance(Duration.ofSeconds(seconds));
        for (int i = 0; i < Scale.of(3, 50); i++) {
            FLEET.advance(DUE);

            assertAllServed(storm());

            assertThat(refreshes()).hasSizeLessThanOrEqualTo(2);
            forget();
        }
        assertStillSignedIn();
    }

    private List<Answer> storm() {
        return Storm.begin(EACH, FLEET.urls("/api/books"), cookie).answers();
    }

    private static String once(String kind, String more) {
        return "{\"endpoint\":\"token\",\"grantType\":\"refresh_token\",\"kind\":\"" + kind + "\",\"count\":1" + more
                + "}";
    }

    private static void assertAllServed(List<Answer> answers) {
        assertThat(answers).hasSize(REPLICAS * EACH);
        assertThat(Storm.statuses(answers)).containsOnlyKeys(200);
    }

    /** The grant stands, and one more refresh works. */
    private void assertStillSignedIn() {
        FLEET.advance(EXPIRED);
        assertAllServed(storm());
        assertThat(STAGE.redis().sessions()).hasSize(1);
        assertThat(STAGE.logto().grants("alice")).isEqualTo(1);
    }

    private static List<Instant> refreshes() {
        return STAGE.logto().refreshes();
    }

    private static void forget() {
        STAGE.logto().forgetCalls();
        STAGE.upstream().forget();
    }
}
