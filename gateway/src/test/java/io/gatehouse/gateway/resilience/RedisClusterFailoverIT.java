package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.RedisCluster;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.Traffic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Cluster loses a master, or moves slots, while people are working. */
class RedisClusterFailoverIT {

    @RegisterExtension
    @Order(1)
    static final RedisCluster REDIS = new RedisCluster();

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
        new Failover(REPLICAS, RedisClusterFailoverIT::acknowledge, () -> REDIS.killMaster(1), REDIS::awaitOk).verify();
    }

    @Test
    void masterHangs() {
        new Failover(REPLICAS, RedisClusterFailoverIT::acknowledge, () -> REDIS.pauseMaster(2), REDIS::awaitOk)
                .verify();
    }

    @Test
    void slotsThatMoveTakeTheirSessionsAlong() {
        List<String> people = REPLICAS.signIn(10);
        try (Traffic traffic = Traffic.start(100, REPLICAS.urls("/books"), people)) {
            int shard = REDIS.shardOf(0);
            REDIS.moveSlots(0, 300, (shard + 1) % 3);
            REDIS.moveSlots(0, 300, shard);

            assertThat(traffic.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
        }
    }

    private static void acknowledge() {
        IntStream.range(0, 3)
                .forEach(shard -> REDIS.withMaster(shard, commands -> commands.waitForReplication(1, 5_000)));
    }
}
