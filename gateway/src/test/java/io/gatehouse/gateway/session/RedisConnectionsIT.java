package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

class RedisConnectionsIT {

    @Test
    void gatewayStartsWithoutRedisAndFindsItLater() {
        RedisServer redis = new RedisServer();
        try (SessionParts replica = new SessionParts(redis.url(), MutableClock.startingNow())) {
            StepVerifier.create(replica.redis.run(BaseRedisAsyncCommands::ping))
                    .expectErrorMatches(RedisConnectionsIT::isStoreUnavailable)
                    .verify(Duration.ofSeconds(5));

            redis.start();

            assertThat(pingWithinSeconds(replica)).isEqualTo("PONG");
        } finally {
            redis.close();
        }
    }

    @Test
    void whileRedisIsGoneCommandsFailAtOnceAndAfterwardsTheyWorkAgain() {
        RedisServer redis = new RedisServer().start();
        try (SessionParts replica = new SessionParts(redis.url(), MutableClock.startingNow())) {
            SessionId id = replica.begun();
            redis.close();

            StepVerifier.create(replica.store.find(id))
                    .expectErrorMatches(RedisConnectionsIT::isStoreUnavailable)
                    .verify(Duration.ofSeconds(2));
            redis.start();

            assertThat(pingWithinSeconds(replica)).isEqualTo("PONG");
        } finally {
            redis.close();
        }
    }

    @Test
    void commandIsCarriedOutThoughNobodyWaitsForItsAnswer() {
        RedisServer redis = new RedisServer().start();
        try (SessionParts replica = new SessionParts(redis.url(), MutableClock.startingNow())) {
            assertThat(pingWithinSeconds(replica)).isEqualTo("PONG");

            for (int i = 0; i < 1_000; i++) {
                String key = "key " + i;
                replica.redis
                        .run(commands -> commands.set(key, new byte[1_000]))
                        .subscribe()
                        .dispose();
            }

            Long there = replica.redis.run(RedisServerAsyncCommands::dbsize).block(Duration.ofSeconds(5));
            assertThat(there).isEqualTo(1_000);
        } finally {
            redis.close();
        }
    }

    private static String pingWithinSeconds(SessionParts replica) {
        return replica.redis
                .run(BaseRedisAsyncCommands::ping)
                .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(100)))
                .block(Duration.ofSeconds(20));
    }

    private static boolean isStoreUnavailable(Throwable failure) {
        return failure instanceof GatewayException named && named.type() == ProblemType.SESSION_STORE_UNAVAILABLE;
    }
}
