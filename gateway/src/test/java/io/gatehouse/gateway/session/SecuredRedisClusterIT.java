package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.GuideUser;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisCluster;
import io.lettuce.core.cluster.SlotHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Cluster that lets the gateway do what it needs and nothing else. */
class SecuredRedisClusterIT {

    private static final GuideUser USER = GuideUser.ofCluster().in(SessionParts.NAMESPACE);

    @RegisterExtension
    static final RedisCluster REDIS = RedisCluster.withUsers("default off", USER.line());

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void everythingWorksWithTheLeastCommands() {
        SessionId moving = SessionId.random(new SecureRandom());
        int slot = slot(moving);
        int shard = (REDIS.shardOf(slot) + 1) % 3;
        REDIS.openSlot(slot, shard);
        Supplier<Set<String>> used = REDIS.commandsFromNow();

        try (SessionParts replica = replica()) {
            new EverythingAsked(replica).verify();
            clock.advance(Duration.ofSeconds(1));
            replica.begin(moving);
            assertThat(replica.store.find(moving).block()).isNotNull();
            await().untilAsserted(() -> assertThat(used.get()).containsAll(USER.grants()));
        } finally {
            REDIS.closeSlot(slot, shard);
        }
    }

    @Test
    void everythingWorksAfterAFailover() {
        try (SessionParts replica = replica()) {
            SessionId id = replica.begun();
            int shard = REDIS.shardOf(slot(id));
            REDIS.withMaster(shard, commands -> commands.waitForReplication(1, 5000));

            REDIS.killMaster(shard);
            REDIS.awaitOk();

            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> replica.store.delete(id).block());
            new EverythingAsked(replica).verify();
        }
    }

    private SessionParts replica() {
        String url = REDIS.url().replace("redis://", "redis://gatehouse:secret@");
        return new SessionParts(SessionParts.connections(url, null), clock, SessionParts.KEYS);
    }

    private static int slot(SessionId id) {
        return SlotHash.getSlot(RedisSessionStore.prefix(SessionParts.NAMESPACE) + id.lookup());
    }
}
