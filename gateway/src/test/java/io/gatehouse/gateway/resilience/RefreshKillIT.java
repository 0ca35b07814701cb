package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Replica;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Storm;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The replica that refreshes a session is killed while 200 requests each come to two others. Logto rotates the refresh
 * token every time, and takes the old one for three seconds.
 */
class RefreshKillIT {

    private static final int EACH = 200;

    /** Redis is given a second by the replicas; less is not noticed. */
    private static final long PAUSE_MILLIS = 700;

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    /** When the replica dies. */
    enum Moment {

        /** It has the lease and still waits for the IdP's metadata. */
        BEFORE_THE_CALL("discovery", "latency", "2s", 400),

        DURING_THE_CALL("token", "latency", "1s", 300),

        AFTER_THE_IDP_HAS_ACTED("token", "latency-after", "5s", 100),

        /** Redis takes no writes just then. */
        BEFORE_THE_ANSWER_IS_STORED("token", "latency-after", "200ms", 300);

        private final String fault;
        private final Duration later;

        Moment(String endpoint, String kind, String delay, long millisLater) {
            this.fault = "{\"endpoint\":\"%s\",\"kind\":\"%s\",\"delay\":\"%s\",\"count\":1}"
                    .formatted(endpoint, kind, delay);
            this.later = Duration.ofMillis(millisLater);
        }
    }

    /** What has become of the access token by then. */
    enum Age {
        DUE(Duration.ofSeconds(16), Duration.ofMillis(8_500)),
        EXPIRED(Duration.ofSeconds(3), Duration.ofMillis(3_500));

        private final Duration lifetime;
        private final Duration passed;

        Age(Duration lifetime, Duration passed) {
            this.lifetime = lifetime;
            this.passed = passed;
        }
    }

    /** Of the token that is issued then; it is due when half of it is over. */
    private static final Duration NEXT_LIFETIME = Duration.ofSeconds(12);

    private final Deployment deployment = RUNNING.get();
    private final LogtoEmulator logto = deployment.logto();
    private String cookie = "";
    private Replica victim;

    static Stream<Arguments> deaths() {
        return Stream.generate(() -> Stream.of(Moment.values())
                        .flatMap(moment -> Stream.of(Age.values()).map(age -> Arguments.of(moment, age))))
                .limit(Scale.of(1, 10))
                .flatMap(all -> all);
    }

    @BeforeEach
    void startVictim() {
        logto.rotateAlways();
        victim = deployment.startAnother();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void nobodyNoticesThatTheReplicaThatRefreshesIsKilled(Moment moment, Age age) throws InterruptedException {
        logto.accessTokensLive(age.lifetime);
        cookie = deployment.signIn(new Browser());
        assertThat(storm(1)).allMatch(answer -> answer.status() == 200);
        victim.await();
        if (moment != Moment.BEFORE_THE_CALL) {
            knowTheIdp();
        }
        Thread.sleep(age.passed);
        logto.accessTokensLive(NEXT_LIFETIME);
        logto.forgetCalls();

        Storm others = kill(moment);
        List<Storm.Answer> answers = others.answers();

        System.out.printf("%s, %s: %s, %s%n", moment, age, Storm.statuses(answers), logto.refreshes());
        assertThat(Storm.statuses(answers)).isEqualTo(Map.of(200, 2L * EACH));
        verifyRefreshedOnceMore();
        assertThat(logto.grants("alice")).isEqualTo(1);
    }

    /** By a request that needs no session. */
    private void knowTheIdp() {
        assertThat(new Browser().open(victim.url("/books")).status()).isEqualTo(302);
    }

    private Storm kill(Moment moment) throws InterruptedException {
        logto.fault(moment.fault);
        Storm.begin(1, List.of(victim.url("/api/books")), cookie);
        await().pollInterval(Duration.ofMillis(5)).until(this::isLeased);
        Storm others = Storm.begin(EACH, urls(), cookie);
        await().pollInterval(Duration.ofMillis(5)).until(() -> logto.faultsLeft() == 0);
        if (moment == Moment.BEFORE_THE_ANSWER_IS_STORED) {
            pauseWrites();
        }
        Thread.sleep(moment.later);
        victim.kill();
        return others;
    }

    private boolean isLeased() {
        return deployment.redis().keys().stream().anyMatch(key -> key.contains(":refresh:"));
    }

    private void pauseWrites() {
        var arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add("PAUSE")
                .add(PAUSE_MILLIS)
                .add("WRITE");
        deployment
                .redis()
                .with(redis ->
                        redis.dispatch(CommandType.CLIENT, new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments));
    }

    /** At most one repetition; and what is stored is the refresh token that Logto takes the next time. */
    private void verifyRefreshedOnceMore() throws InterruptedException {
        await().atMost(Duration.ofSeconds(5)).until(() -> !isLeased());
        assertThat(logto.refreshes()).hasSizeBetween(1, 2);
        logto.forgetCalls();
        Thread.sleep(NEXT_LIFETIME.dividedBy(2).plusSeconds(1));
        assertThat(storm(1)).allMatch(answer -> answer.status() == 200);
        assertThat(logto.refreshes()).hasSize(1);
        assertThat(deployment.redis().sessions()).hasSize(1);
    }

    private List<Storm.Answer> storm(int each) {
        return Storm.begin(each, urls(), cookie).answers();
    }

    private List<String> urls() {
        return deployment.replicas().stream()
                .map(replica -> replica.url("/api/books"))
                .toList();
    }
}
