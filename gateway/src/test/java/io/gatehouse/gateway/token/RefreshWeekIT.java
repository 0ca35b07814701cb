package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Storm;
import io.gatehouse.gateway.fixture.Storm.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A week, in which each of many sessions is used on two replicas at once whenever its token is due. The refresh token
 * is rotated when seven tenths of its life have passed, and the IdP is not always well.
 */
class RefreshWeekIT {

    private static final int SESSIONS = Scale.of(10, 100);
    private static final int STEPS = Scale.of(300, 10_000) / SESSIONS;
    private static final Duration STEP = Duration.ofDays(7).dividedBy(STEPS);
    private static final List<String> FAULTS = List.of(
            "\"kind\":\"lost-response\",\"count\":1",
            "\"kind\":\"duplicate-delivery\",\"count\":1",
            "\"kind\":\"status\",\"status\":502,\"count\":1",
            "\"kind\":\"reset\",\"count\":1",
            "\"kind\":\"latency\",\"delay\":\"300ms\",\"count\":3",
            "\"kind\":\"latency-after\",\"delay\":\"300ms\",\"count\":3");

    @Order(1)
    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.session.idle-timeout",
            STEP.multipliedBy(3).toSeconds() + "s",
            "gatehouse.session.lifetime",
            "200h"));

    @Order(2)
    @RegisterExtension
    static final Fleet FLEET = new Fleet(STAGE, 2);

    private final Random random = new Random(20_261_122);

    @Test
    void nobodyLosesTheirSessionInAWeek() {
        STAGE.logto().accessTokensLive(STEP);
        STAGE.logto()
                .control(
                        "PATCH",
                        "lifetimes",
                        "{\"refresh-token-lifetime\":\"" + STEP.multipliedBy(6) + "\",\"id-token-lifetime\":\"" + STEP
                                + "\",\"session-lifetime\":\"14d\"}");
        List<String> people =
                Stream.generate(RefreshWeekIT::signIn).limit(SESSIONS).toList();

        for (int step = 0; step <= STEPS; step++) {
            haveAFault();
            people.forEach(RefreshWeekIT::assertServedOnBoth);
            FLEET.advance(STEP.minusSeconds(20));
        }

        STAGE.logto().clearFaults();
        people.forEach(RefreshWeekIT::assertServedOnBoth);
        assertThat(STAGE.redis().sessions()).hasSize(SESSIONS);
        assertThat(refreshes()).isGreaterThanOrEqualTo((long) SESSIONS * STEPS);
        System.out.println("a week of " + SESSIONS + " sessions: " + refreshes() + " refreshes, none lost");
    }

    private void haveAFault() {
        if (random.nextInt(3) == 0) {
            STAGE.logto()
                    .fault("{\"endpoint\":\"token\",\"grantType\":\"refresh_token\","
                            + FAULTS.get(random.nextInt(FAULTS.size())) + "}");
        }
    }

    private static void assertServedOnBoth(String cookie) {
        List<Answer> answers = Storm.begin(2, FLEET.urls("/api/books"), cookie).answers();
        assertThat(Storm.statuses(answers)).containsOnlyKeys(200);
    }

    private static String signIn() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        return "gatehouse=" + browser.cookies().get("gatehouse");
    }

    private static long refreshes() {
        return STAGE.logto()
                .control("GET", "calls", "")
                .path("counts")
                .path("token:refresh_token")
                .asLong();
    }
}
