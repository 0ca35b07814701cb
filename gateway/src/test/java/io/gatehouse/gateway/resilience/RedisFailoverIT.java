package io.gatehouse.gateway.resilience;

import io.gatehouse.gateway.fixture.RedisSentinel;
import io.gatehouse.gateway.fixture.Replicas;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The master of a Sentinel group dies or hangs while people are working, and its replica takes over. */
class RedisFailoverIT {

    @RegisterExtension
    @Order(1)
    static final RedisSentinel REDIS = new RedisSentinel();

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS =
            new Replicas(Map.of("gatehouse.redis.url", REDIS.url(), "gatehouse.redis.timeout", "500ms"));

    @BeforeEach
    void waitForRedis() {
        REPLICAS.awaitReady();
    }

    @Test
    void masterDies() {
        new Failover(REPLICAS, RedisFailoverIT::acknowledge, REDIS::killMaster, REDIS::awaitNewMaster).verify();
    }

    @Test
    void masterHangs() {
        new Failover(REPLICAS, RedisFailoverIT::acknowledge, REDIS::pauseMaster, REDIS::awaitNewMaster).verify();
    }

    /** Waits until the replica has everything: what it acknowledges now comes after all that was written before. */
    private static void acknowledge() {
        REDIS.with(commands -> {
            commands.set(new byte[] {'x'}, new byte[] {'1'});
            return commands.waitForReplication(1, 5_000);
        });
    }
}
