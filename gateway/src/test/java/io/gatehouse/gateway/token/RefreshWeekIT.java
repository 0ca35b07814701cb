package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Fleet;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * People use two replicas for a week that passes quickly, at an IdP that has its bad moments. Refresh tokens live for a
 * day and are rotated when 70 % of it is over, as Logto does.
 */
class RefreshWeekIT {

    private static final int PEOPLE = Scale.of(10, 100);
    private static final int STEPS = Scale.of(300, 10_000) / PEOPLE;
    private static final Duration STEP = Duration.ofDays(7).dividedBy(STEPS);

    /** A week that fails is lived again by its seed. */
    private static final long SEED = 20_260_101;

    /** Half of the time nothing goes wrong. */
    private static final List<String> FAULTS = List.of(
            "'kind':'lost-response','count':1",
            "'kind':'latency','delay':'300ms','count':5",
            "'kind':'latency-after','delay':'300ms','count':5",
            "'kind':'status','status':503,'count':3",
            "'kind':'reset','count':1",
            "'kind':'duplicate-delivery','count':1");

    @RegisterExtension
    @Order(1)
    static final Stage STAGE =
            new Stage(Map.of("gatehouse.session.idle-timeout", "24h", "gatehouse.session.lifetime", "240h"));

    @RegisterExtension
    @Order(2)
    static final Fleet FLEET = new Fleet(STAGE, 2);

    private final Random random = new Random(SEED);
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Set<String> refreshTokens = new HashSet<>();

    @Test
    void nobodyIsSignedOutInAWeek() {
        STAGE.logto().control("PATCH", "lifetimes", "{\"refresh-token-lifetime\":\"1d\"}");
        List<Person> people =
                Stream.generate(() -> Person.signedIn(STAGE)).limit(PEOPLE).toList();
        for (int i = 0; i < STEPS; i++) {
            FLEET.advance(STEP);
            goWrong();
            ask(people).forEach(status -> statuses.merge(status, 1, Integer::sum));
            STAGE.logto().clearFaults();
            assertThat(ask(people)).containsOnly(200);
            people.forEach(person -> refreshTokens.add(person.refreshToken()));
        }

        System.out.printf(
                "%,d refreshes of %d sessions in %d steps of %s, %,d refresh tokens; answers while things went wrong"
                        + " %s%n",
                STAGE.logto().countedRefreshes(), PEOPLE, STEPS, STEP, refreshTokens.size(), statuses);
        assertThat(statuses.keySet()).isSubsetOf(200, 503);
        assertThat(STAGE.redis().sessions()).hasSize(PEOPLE);
        assertThat(STAGE.logto().grants("alice")).isEqualTo(PEOPLE);
        assertThat(STAGE.logto().countedRefreshes()).isGreaterThanOrEqualTo((long) PEOPLE * STEPS);
        // Every 17 to 24 hours each.
        assertThat(refreshTokens).hasSizeGreaterThanOrEqualTo(PEOPLE * 7);
    }

    private void goWrong() {
        if (random.nextBoolean()) {
            String fault = FAULTS.get(random.nextInt(FAULTS.size()));
            STAGE.logto().fault(("{'endpoint':'token','grantType':'refresh_token'," + fault + "}").replace('\'', '"'));
        }
    }

    /** Everybody on one replica or on both, all at once. */
    private List<Integer> ask(List<Person> people) {
        List<CompletableFuture<Integer>> answers = people.stream()
                .flatMap(person -> replicas().map(replica -> ask(person, replica)))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private Stream<TestGateway> replicas() {
        List<TestGateway> both = FLEET.replicas();
        return switch (random.nextInt(3)) {
            case 0 -> Stream.of(both.getFirst());
            case 1 -> Stream.of(both.getLast());
            default -> both.stream();
        };
    }

    private static CompletableFuture<Integer> ask(Person person, TestGateway replica) {
        return CompletableFuture.supplyAsync(() -> person.call(replica).status(), Thread::startVirtualThread);
    }
}
