package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Storm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An IdP that never accepts a refresh token again once it has rotated it, and {@code reuse-grace: 0}: a session ends
 * only where the IdP has rotated and its answer is lost. What each fault came to is printed as a table.
 */
class ReuseGraceIT {

    private static final Duration DUE = Duration.ofSeconds(570);

    @Order(1)
    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.token.reuse-grace", "0s"));

    @Order(2)
    @RegisterExtension
    static final Fleet FLEET = new Fleet(STAGE, 3);

    private final List<String> table = new ArrayList<>();

    /**
     * What goes wrong with one call.
     *
     * @param end when the grant is gone, and the session with it
     */
    private record Case(String name, String fault, boolean isRotating, End end) {

        boolean isServedWhenDue() {
            return end != End.AT_ONCE;
        }

        boolean isServedInTheEnd() {
            return end == End.NEVER;
        }
    }

    private enum End {
        NEVER,

        /** The IdP says so in its answer. */
        AT_ONCE,

        /** Only when nothing valid is left, the token is sent once more. */
        AFTER_EXPIRY
    }

    private static final List<Case> CASES = List.of(
            new Case("nothing", "", true, End.NEVER),
            new Case("slow", "\"kind\":\"latency\",\"delay\":\"2s\"", true, End.NEVER),
            new Case("503 without acting", "\"kind\":\"status\",\"status\":503", true, End.NEVER),
            new Case("torn down without acting", "\"kind\":\"reset\"", true, End.NEVER),
            new Case("answer lost, not rotated", "\"kind\":\"lost-response\"", false, End.NEVER),
            new Case("answer lost, rotated", "\"kind\":\"lost-response\"", true, End.AFTER_EXPIRY),
            new Case("delivered twice, not rotated", "\"kind\":\"duplicate-delivery\"", false, End.NEVER),
            new Case("delivered twice, rotated", "\"kind\":\"duplicate-delivery\"", true, End.AT_ONCE));

    @Test
    void sessionEndsOnlyWhereTheIdpHasRevokedIt() {
        CASES.forEach(this::assertOutcome);
        System.out.println("reuse-grace 0:\n| fault | calls when due | served when due | signed in after expiry |\n"
                + String.join("\n", table));
    }

    private void assertOutcome(Case it) {
        STAGE.beforeEach(null);
        FLEET.beforeEach(null);
        STAGE.logto()
                .control(
                        "PATCH",
                        "lifetimes",
                        "{\"reuse-interval\":\"0s\",\"rotation-threshold\":" + (it.isRotating() ? 0 : 100) + "}");
        STAGE.logto().accessTokensLive(Duration.ofMinutes(10));
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        browser.fetch("GET", STAGE.url("/api/books"));
        STAGE.logto().forgetCalls();
        String cookie = "gatehouse=" + browser.cookies().get("gatehouse");
        if (!it.fault().isEmpty()) {
            STAGE.logto().fault("{\"endpoint\":\"token\",\"count\":1," + it.fault() + "}");
        }

        FLEET.advance(DUE);
        Map<Integer, Long> due =
                Storm.statuses(Storm.begin(50, FLEET.urls("/api/books"), cookie).answers());
        await().until(() -> !STAGE.logto().refreshes().isEmpty());
        // What it brings is stored a moment later.
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        int calls = STAGE.logto().refreshes().size();
        FLEET.advance(Duration.ofSeconds(635));
        Map<Integer, Long> expired =
                Storm.statuses(Storm.begin(50, FLEET.urls("/api/books"), cookie).answers());

        boolean isSignedIn = !STAGE.redis().sessions().isEmpty();
        table.add("| %s | %d | %s | %s |".formatted(it.name(), calls, due, isSignedIn ? "yes" : "no"));
        assertThat(calls).as(it.name()).isLessThanOrEqualTo(1);
        assertThat(due).as(it.name()).containsOnlyKeys(it.isServedWhenDue() ? 200 : 401);
        assertThat(isSignedIn).as(it.name()).isEqualTo(it.isServedInTheEnd());
        assertThat(expired).as(it.name()).containsOnlyKeys(it.isServedInTheEnd() ? 200 : 401);
        assertThat(STAGE.logto().grants("alice")).as(it.name()).isEqualTo(it.isServedInTheEnd() ? 1 : 0);
    }
}
