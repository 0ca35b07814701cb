package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

/** Sessions that are ended from outside, and those that were about to begin just then. */
class SessionEndsIT {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final String ISSUER = "http://localhost:3001/oidc";

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts replica;

    @BeforeEach
    void connect() {
        replica = new SessionParts(REDIS.url(), clock);
    }

    @AfterEach
    void disconnect() {
        replica.close();
    }

    @Test
    void sessionsOfThatPersonAndThatSidEndAndNoOther() {
        SessionId ended = begun("alice", "s1");
        SessionId again = begun("alice", "s1");
        SessionId elsewhere = begun("alice", "s2");
        SessionId anothers = begun("bob", "s1");

        StepVerifier.create(replica.ends.endProviderSession(ISSUER, "s1", "alice"))
                .expectNext(2L)
                .verifyComplete();

        assertThat(exists(ended)).isFalse();
        assertThat(exists(again)).isFalse();
        assertThat(exists(elsewhere)).isTrue();
        assertThat(exists(anothers)).isTrue();
    }

    @Test
    void sidOfSomebodyElseEndsNothing() {
        SessionId ofAlice = begun("alice", "s1");
        SessionId ofBob = begun("bob", "s2");

        StepVerifier.create(replica.ends.endProviderSession(ISSUER, "s2", "alice"))
                .expectNext(0L)
                .verifyComplete();

        assertThat(exists(ofAlice)).isTrue();
        assertThat(exists(ofBob)).isTrue();
    }

    @Test
    void sessionThatBeganBeforeAndIsStoredAfterwardsIsNone() {
        SessionRecord early = record("alice", "s1");
        SessionRecord ofBob = record("bob", "s1");
        clock.advance(Duration.ofSeconds(1));
        replica.ends.endProviderSession(ISSUER, "s1", "alice").block();

        assertThat(replica.store.create(SessionId.random(replica.random), early).block())
                .isFalse();
        assertThat(replica.store.create(SessionId.random(replica.random), ofBob).block())
                .isTrue();
    }

    @Test
    void endOfAllConcernsThoseOnTheirWayTooAndNobodyAfterwards() {
        SessionId stored = begun("alice", "s1");
        SessionRecord early = record("bob", "s2");
        clock.advance(Duration.ofSeconds(1));

        StepVerifier.create(replica.ends.endAll()).expectNext(1L).verifyComplete();

        assertThat(exists(stored)).isFalse();
        assertThat(replica.store.create(SessionId.random(replica.random), early).block())
                .isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(exists(begun("alice", "s1"))).isTrue();
    }

    private boolean exists(SessionId id) {
        return replica.store.find(id).hasElement().block();
    }

    private SessionId begun(String subject, String sid) {
        SessionId id = SessionId.random(replica.random);
        replica.store.create(id, record(subject, sid)).block();
        return id;
    }

    private SessionRecord record(String subject, String sid) {
        return SessionRecord.begun(
                clock.instant(),
                "Firefox",
                new Identity(ISSUER, subject, sid, Map.of()),
                TestSessions.tokens("refresh"));
    }
}
