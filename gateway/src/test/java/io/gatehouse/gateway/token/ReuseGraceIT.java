package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Storm;
import io.gatehouse.gateway.fixture.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a refresh costs with an IdP that takes a rotated refresh token again for three seconds, as Logto does, and with
 * one that revokes the grant at once, which the gateway has to be told ({@code reuse-grace: 0}).
 */
class ReuseGraceIT {

    private static final int EACH = 100;
    private static final int REPLICAS = 2;

    @RegisterExtension
    @Order(1)
    static final Stage STAGE =
            new Stage(Map.of("gatehouse.session.idle-timeout", "24h", "gatehouse.session.lifetime", "240h"));

    @RegisterExtension
    @Order(2)
    static final Fleet LENIENT = new Fleet(STAGE, REPLICAS);

    @RegisterExtension
    @Order(3)
    static final Fleet STRICT = new Fleet(STAGE, REPLICAS + 1).with("gatehouse.token.reuse-grace", "0s");

    static Stream<Arguments> weathers() {
        return Stream.of(Weather.values())
                .flatMap(weather -> Stream.of(Age.values()).map(age -> Arguments.of(weather, age)));
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void withAGraceNobodyNoticesAnything(Weather weather, Age age) {
        Outcome outcome = outcome("3 s", weather, age, LENIENT, LENIENT.replicas());

        assertThat(outcome.statuses()).isEqualTo(Map.of(200, (long) EACH * REPLICAS));
        assertThat(outcome.calls()).isEqualTo(weather.calls());
        assertThat(outcome.isSignedOut()).isFalse();
    }

    /** What is lost with an answer cannot be had again then, and no gateway can help that. */
    @ParameterizedTest
    @MethodSource("weathers")
    void withoutAGraceASessionEndsOnlyWhereTheGrantIsGone(Weather weather, Age age) {
        STAGE.logto().control("PATCH", "lifetimes", "{\"reuse-interval\":\"0s\"}");

        Outcome outcome = outcome("0", weather, age, STRICT, STRICT.others());

        assertThat(outcome.isSignedOut()).isEqualTo(outcome.isGrantGone());
        if (age == Age.DUE) {
            assertThat(outcome.calls()).isEqualTo(1);
        }
        if (weather.calls() == 1 && weather != Weather.DUPLICATE_DELIVERY) {
            assertThat(outcome.statuses()).isEqualTo(Map.of(200, (long) EACH * REPLICAS));
            assertThat(outcome.isSignedOut()).isFalse();
        }
    }

    private record Outcome(Map<Integer, Long> statuses, int calls, boolean isSignedOut, boolean isGrantGone) {

        String row(String grace, Weather weather, Age age) {
            String end = isSignedOut ? "yes" : "no";
            String gone = isGrantGone ? "yes" : "no";
            return "| %s | %s | %s | %d | %s | %s | %s |".formatted(grace, weather, age, calls, statuses, end, gone);
        }
    }

    private static Outcome outcome(String grace, Weather weather, Age age, Fleet fleet, List<TestGateway> replicas) {
        STAGE.logto().rotateAlways();
        STAGE.logto().accessTokensLive(Age.LIFETIME);
        Person person = Person.signedIn(STAGE);
        assertThat(storm(1, replicas, person)).allMatch(answer -> answer.status() == 200);
        fleet.advance(age.passed());
        weather.begin(STAGE.logto());
        Map<Integer, Long> statuses = Storm.statuses(storm(EACH, replicas, person));
        int calls = settledCalls(weather);
        STAGE.logto().clearFaults();
        useTwice(fleet, replicas, person);
        boolean isSignedOut = person.session().isEmpty();
        Outcome outcome =
                new Outcome(statuses, calls, isSignedOut, STAGE.logto().grants("alice") == 0);
        System.out.println(outcome.row(grace, weather, age));
        return outcome;
    }

    /** Only the next refresh shows what the one before has left behind. */
    private static void useTwice(Fleet fleet, List<TestGateway> replicas, Person person) {
        for (int i = 0; i < 2; i++) {
            fleet.advance(Age.EXPIRED.passed());
            storm(1, replicas, person);
        }
    }

    /** A call is known once it has been answered, and nobody with a valid token waits for that. */
    private static int settledCalls(Weather weather) {
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        STAGE.redis().keys().stream().noneMatch(key -> key.contains(":refresh:")) || !weather.isSlow());
        return STAGE.logto().refreshes().size();
    }

    private static List<Storm.Answer> storm(int each, List<TestGateway> replicas, Person person) {
        List<String> urls =
                replicas.stream().map(replica -> replica.url() + "/api/books").toList();
        return Storm.begin(each, urls, person.cookie()).answers();
    }
}
