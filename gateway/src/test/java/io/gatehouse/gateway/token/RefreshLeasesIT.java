package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.RefreshLeases.Lease;
import io.gatehouse.gateway.token.RefreshLeases.Ruling;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;

class RefreshLeasesIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final RefreshLeases leases = leases(Duration.ofSeconds(3));
    private BrowserSession session;

    @BeforeEach
    void signIn() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", browser.cookies().get("gatehouse")))
                .build();
        session = STAGE.gateway().bean(Sessions.class).peek(request).block();
    }

    @Test
    void oneAtATimeHasIt() {
        Lease first = leases.of(session, "token");
        Lease second = leases.of(session, "token");

        assertThat(take(first)).isInstanceOf(Ruling.Go.class);
        assertThat(take(second))
                .isInstanceOfSatisfying(
                        Ruling.Wait.class,
                        wait -> assertThat(wait.longest()).isBetween(Duration.ofMillis(1), Duration.ofMillis(1500)));
        first.settle().block();
        assertThat(take(second)).isInstanceOf(Ruling.Go.class);
    }

    @Test
    void onlyItsOwnerGivesItBack() {
        Lease first = leases.of(session, "token");
        Lease second = leases.of(session, "token");
        take(first);

        second.settle().block();
        second.abandon().block();

        assertThat(take(second)).isInstanceOf(Ruling.Wait.class);
    }

    @Test
    void tokenWhoseAnswerIsLostIsSentOnceMore() {
        Lease first = leases.of(session, "token");
        take(first);

        assertThat(take(first)).isInstanceOf(Ruling.Go.class);
        assertThat(take(first)).isInstanceOf(Ruling.Uncertain.class);
        first.abandon().block();
        assertThat(take(leases.of(session, "token"))).isInstanceOf(Ruling.Uncertain.class);
    }

    @Test
    void nextOwnerSendsItOnceMoreWhereTheFirstOneIsGone() {
        take(leases.of(session, "token"));
        Lease second = leases.of(session, "token");

        Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> take(second) instanceof Ruling.Go);

        assertThat(take(second)).isInstanceOf(Ruling.Uncertain.class);
    }

    @Test
    void itIsNeverRepeatedAfterTheGraceUnlessThereIsNothingToLose() {
        Lease first = leases.of(session, "token");
        take(first);
        first.abandon().block();
        LockSupport.parkNanos(Duration.ofMillis(2600).toNanos());

        assertThat(take(leases.of(session, "token"))).isInstanceOf(Ruling.Uncertain.class);
        Lease urgent = leases.of(session, "token");
        assertThat(urgent.take(true).block()).isInstanceOf(Ruling.Go.class);
        urgent.settle().block();
        assertThat(take(leases.of(session, "token"))).isInstanceOf(Ruling.Go.class);
    }

    @Test
    void leaseThatWasNotUsedIsForgottenAndNothingElse() {
        Lease first = leases.of(session, "token");
        take(first);
        first.leave().block();
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":refresh:"));

        take(first);
        first.abandon().block();
        Lease second = leases.of(session, "token");
        take(second);
        second.leave().block();
        assertThat(take(second)).isInstanceOf(Ruling.Go.class);
        assertThat(take(second)).isInstanceOf(Ruling.Uncertain.class);
    }

    @Test
    void anotherTokenIsAnotherMatter() {
        Lease first = leases.of(session, "token");
        take(first);
        take(first);
        first.abandon().block();

        assertThat(take(leases.of(session, "another token"))).isInstanceOf(Ruling.Go.class);
    }

    @Test
    void itLastsAsLongAsTheWorkAndThenEndsByItself() {
        Lease first = leases.of(session, "token");
        take(first);
        Lease second = leases.of(session, "token");

        first.during(Mono.delay(Duration.ofMillis(2500))).block();

        assertThat(take(second)).isInstanceOf(Ruling.Wait.class);
        Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> !(take(second) instanceof Ruling.Wait));
    }

    @Test
    void whereNothingIsEverRepeatedItOutlivesTheCall() {
        RefreshLeases strict = leases(Duration.ZERO);
        Lease first = strict.of(session, "token");
        take(first);

        assertThat(take(strict.of(session, "token")))
                .isInstanceOfSatisfying(
                        Ruling.Wait.class,
                        wait -> assertThat(wait.longest()).isGreaterThan(RefreshLeases.LONGEST_CALL));
        assertThat(take(first)).isInstanceOf(Ruling.Uncertain.class);
        first.abandon().block();
        assertThat(take(strict.of(session, "token"))).isInstanceOf(Ruling.Uncertain.class);
        assertThat(strict.of(session, "token").take(true).block()).isInstanceOf(Ruling.Go.class);
    }

    @Test
    void nobodyCanReadTheTokenThere() {
        take(leases.of(session, "the refresh token"));

        assertThat(STAGE.redis().contents())
                .noneMatch(content -> new String(content, StandardCharsets.UTF_8).contains("the refresh token"));
    }

    private static Ruling take(Lease lease) {
        return lease.take(false).block();
    }

    private static RefreshLeases leases(Duration grace) {
        var properties = new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), grace, Duration.ZERO);
        return new RefreshLeases(
                STAGE.gateway().bean(RedisConnections.class), "gatehouse", properties, new SecureRandom());
    }
}
