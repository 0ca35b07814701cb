package io.gatehouse.gateway.token;

import static io.gatehouse.gateway.token.TestRenewals.browserSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.redis.RedisUrl;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.RefreshLeases.Lease;
import io.gatehouse.gateway.token.RefreshLeases.Ruling;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Who may send a refresh token, and how often. Times are those of Redis, so they really pass here. */
class RefreshLeasesIT {

    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Ruling GO = new Ruling.Go();
    private static final Ruling UNCERTAIN = new Ruling.Uncertain();

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static RedisConnections connections;

    private final BrowserSession session = browserSession('s', "token");
    private final RefreshLeases leases = leases(GRACE);
    private final Lease mine = leases.of(session, "token");
    private final Lease theirs = leases.of(session, "token");

    @BeforeAll
    static void connect() {
        connections = new RedisConnections(
                new RedisProperties(RedisUrl.of(REDIS.url()), false, null, null, null, "test", Duration.ofSeconds(1)),
                null);
        connections.start();
        await().ignoreExceptions()
                .until(() -> connections
                        .run(commands -> commands.get("anything"))
                        .blockOptional()
                        .isEmpty());
    }

    @AfterAll
    static void disconnect() {
        connections.close();
    }

    @Test
    void firstOneGoesAndTheSecondOneWaitsForItAndNoLonger() {
        assertThat(take(mine)).isEqualTo(GO);

        assertThat(take(theirs))
                .isInstanceOfSatisfying(
                        Ruling.Wait.class,
                        wait -> assertThat(wait.longest()).isPositive().isLessThanOrEqualTo(LEASE));
    }

    @Test
    void leaseThatWasNotUsedLeavesEverythingAsItWas() {
        take(mine);
        mine.leave().block();
        assertThat(REDIS.keys()).isEmpty();

        take(mine);
        mine.abandon().block();
        take(theirs);
        theirs.leave().block();
        assertThat(take(theirs)).isEqualTo(GO);
        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void sessionsDoNotWaitForEachOther() {
        take(mine);

        assertThat(take(leases.of(browserSession('t', "token"), "token"))).isEqualTo(GO);
    }

    @Test
    void leaseThatIsNotRenewedIsOverSoonEnoughForTheTokenToBeSentOnceMore() {
        take(mine);

        pause(LEASE.plusMillis(50));

        assertThat(take(theirs)).isEqualTo(GO);
        assertThat(take(mine)).isInstanceOf(Ruling.Wait.class);
    }

    @Test
    void tokenIsSentTwiceAtMost() {
        take(mine);
        assertThat(take(mine)).isEqualTo(GO);

        assertThat(take(mine)).isEqualTo(UNCERTAIN);
        mine.abandon().block();
        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void tokenIsNotSentAgainWhenLogtosGraceIsNearlyOver() {
        take(mine);
        mine.abandon().block();

        pause(Duration.ofMillis(2550));

        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void whoeverHasNothingToLoseMaySendItAgainAndBeginsACountOfItsOwn() {
        take(mine);
        take(mine);
        mine.abandon().block();

        assertThat(theirs.take(true).block()).isEqualTo(GO);
        assertThat(take(theirs)).isEqualTo(GO);
        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void whoeverHasTheLeaseMaySendTheTokenOnceMoreWhileThereIsTime() {
        take(mine);
        assertThat(mine.again().block()).isTrue();
        assertThat(mine.again().block()).isFalse();
        mine.settle().block();

        take(theirs);
        pause(Duration.ofMillis(2550));
        assertThat(theirs.again().block()).isFalse();
    }

    /** Otherwise a token would be sent after somebody else has had it rotated. */
    @Test
    void whoeverHasLostTheLeaseMayNot() {
        take(mine);
        pause(LEASE.plusMillis(50));
        take(theirs);
        assertThat(mine.again().block()).isFalse();

        theirs.settle().block();
        assertThat(mine.again().block()).isFalse();
        assertThat(REDIS.keys()).isEmpty();
    }

    @Test
    void whoeverStillHasAnOlderTokenChangesNothingOfWhatIsKnownOfTheNewerOne() {
        take(mine);
        take(mine);
        mine.abandon().block();

        Lease older = leases.of(browserSession('s', "older"), "older");
        assertThat(take(older)).isEqualTo(GO);
        older.leave().block();

        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void renewalThatComesLateDoesNotBringBackALeaseThatWasGivenBack() {
        take(mine);
        Disposable work = mine.during(Mono.never()).subscribe();
        mine.abandon().block();
        pause(Duration.ofMillis(700));
        work.dispose();

        assertThat(take(theirs)).isEqualTo(GO);
    }

    @Test
    void hurryIsNoReasonToPushIn() {
        take(mine);

        assertThat(theirs.take(true).block()).isInstanceOf(Ruling.Wait.class);
    }

    @Test
    void settledLeaseLeavesNothingBehind() {
        take(mine);
        mine.settle().block();

        assertThat(REDIS.keys()).isEmpty();
        assertThat(take(theirs)).isEqualTo(GO);
    }

    @Test
    void nobodySettlesOrAbandonsWhatSomebodyElseHas() {
        take(mine);

        theirs.settle().block();
        theirs.abandon().block();

        assertThat(take(theirs)).isInstanceOf(Ruling.Wait.class);
    }

    @Test
    void rotatedTokenBeginsACountOfItsOwn() {
        take(mine);
        take(mine);
        mine.abandon().block();

        assertThat(take(leases.of(browserSession('s', "next"), "next"))).isEqualTo(GO);
    }

    @Test
    void leaseLastsAsLongAsTheWorkAndNotMuchLonger() {
        take(mine);
        Disposable work = mine.during(Mono.delay(Duration.ofSeconds(10))).subscribe();
        pause(Duration.ofSeconds(4));
        assertThat(take(theirs)).isInstanceOf(Ruling.Wait.class);

        work.dispose();
        pause(LEASE.plusMillis(50));

        assertThat(take(theirs)).isEqualTo(UNCERTAIN);
    }

    @Test
    void workEndsWithoutWaitingForTheNextRenewal() {
        take(mine);

        assertThat(mine.during(Mono.just("done")).block(Duration.ofMillis(400))).isEqualTo("done");
    }

    @Test
    void whereTheIdpHasNoGraceTheLeaseOutlivesAnyCallAndTheTokenIsSentOnce() {
        RefreshLeases strict = leases(Duration.ZERO);
        Lease first = strict.of(session, "token");
        take(first);

        Ruling second = take(strict.of(session, "token"));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Ruling.Wait.class, wait -> assertThat(wait.longest()).isLessThanOrEqualTo(LEASE));
        assertThat(take(first)).isEqualTo(UNCERTAIN);
        first.abandon().block();
        assertThat(take(strict.of(session, "token"))).isEqualTo(UNCERTAIN);
        assertThat(strict.of(session, "token").take(true).block()).isEqualTo(GO);
    }

    @Test
    void leaseIsForTheTokenTheSessionHas() {
        assertThat(mine.isFor(session)).isTrue();
        assertThat(mine.isFor(browserSession('s', "next"))).isFalse();
    }

    @Test
    void noTokenIsInRedis() {
        take(leases.of(browserSession('s', "very-secret-token"), "very-secret-token"));

        assertThat(REDIS.contents())
                .isNotEmpty()
                .extracting(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .noneMatch(text -> text.contains("very-secret-token"));
        assertThat(List.of(leases.of(session, "very-secret-token").toString()))
                .noneMatch(text -> text.contains("very-secret-token"));
    }

    private static RefreshLeases leases(Duration grace) {
        var properties = new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), grace, Duration.ZERO);
        return new RefreshLeases(connections, "test", properties, new SecureRandom());
    }

    private static Ruling take(Lease lease) {
        return Objects.requireNonNull(lease.take(false).block());
    }

    /** Redis goes by its own clock. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
