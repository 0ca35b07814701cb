package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import io.lettuce.core.RestoreArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis has forgotten that a session has ended, as a replica does that takes over before it has heard of it. */
class RepeatedEndsIT {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts here;
    private SessionParts there;
    private SessionId id;

    @BeforeEach
    void endASessionThatRedisForgets() {
        here = new SessionParts(REDIS.url(), clock);
        there = new SessionParts(REDIS.url(), clock);
        await().until(() -> here.tracking.isComplete() && there.tracking.isComplete());
        here.repeated.repeatIfDue().then(there.repeated.repeatIfDue()).block();
        id = here.begun();
        byte[] key = here.store.key(id).getBytes(StandardCharsets.UTF_8);
        byte[] session = REDIS.with(commands -> commands.dump(key));
        here.store.delete(id).block();
        await().until(() -> there.recent.contains(id.lookup()));
        REDIS.with(commands ->
                commands.restore(key, session, RestoreArgs.Builder.ttl(60_000).replace()));
    }

    @AfterEach
    void stopReplicas() {
        here.close();
        there.close();
    }

    @Test
    void noReplicaBelievesInIt() {
        assertThat(REDIS.sessions()).hasSize(1);
        assertThat(here.cache.find(id).block()).isNull();
        assertThat(there.cache.find(id).block()).isNull();
    }

    @Test
    void whoeverOutlivesTheReplicaThatEndedItEndsItAgain() {
        here.close();
        assertThat(REDIS.sessions()).hasSize(1);

        REDIS.cutTracking();

        await().untilAsserted(() -> {
            there.repeated.repeatIfDue().block();
            assertThat(REDIS.sessions()).isEmpty();
        });
    }

    @Test
    void signOutOfAPersonIsRepeatedWithoutEndingWhatBeganAfterIt() {
        Identity who = TestSessions.alice();
        clock.advance(Duration.ofSeconds(1));
        here.ends.endUser(who.issuer(), who.subject()).block();
        clock.advance(Duration.ofSeconds(1));
        REDIS.clear();
        SessionId later = here.begun();

        await().untilAsserted(() -> {
            here.repeated.repeatIfDue().block();
            assertThat(REDIS.keys()).anyMatch(key -> key.contains(":ended:"));
        });

        assertThat(here.store.find(later).block()).isNotNull();
    }
}
