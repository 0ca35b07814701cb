package io.gatehouse.gateway.session;

import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.GuideUser;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisSentinel;
import io.gatehouse.gateway.redis.RedisConnections;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

/** Sentinels, and a Redis behind them, that let the gateway do what it needs and nothing else. */
class SecuredRedisSentinelIT {

    private static final GuideUser USER = GuideUser.ofServer().in(SessionParts.NAMESPACE);
    private static final GuideUser OF_SENTINELS = GuideUser.ofSentinels();

    private static final Retry FOR_SECONDS = Retry.fixedDelay(20, Duration.ofMillis(100));

    @RegisterExtension
    static final RedisSentinel REDIS = RedisSentinel.withUsers(List.of("default off", USER.line()), usersOfSentinels());

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void everythingWorksAfterAFailover() {
        try (SessionParts replica = replica("gatehouse")) {
            SessionId id = replica.begun();
            REDIS.with(commands -> commands.waitForReplication(1, 5000));

            REDIS.killMaster();
            REDIS.awaitNewMaster();

            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> replica.store.delete(id).block());
            new EverythingAsked(replica).verify();
        }
    }

    /** What is not missed here need not be granted. */
    @ParameterizedTest
    @MethodSource("grantsOfSentinels")
    void withoutOneOfItsRightsTheGatewayFindsNoRedis(String grant) {
        try (SessionParts replica = replica("no-" + grant)) {
            StepVerifier.create(replica.redis.run(BaseRedisAsyncCommands::ping).retryWhen(FOR_SECONDS))
                    .verifyError();
        }
    }

    static List<String> grantsOfSentinels() {
        return OF_SENTINELS.grants();
    }

    private static List<String> usersOfSentinels() {
        Stream<GuideUser> lesser =
                OF_SENTINELS.grants().stream().map(grant -> OF_SENTINELS.without(grant, "no-" + grant));
        return Stream.concat(
                        Stream.of("default off"),
                        Stream.concat(Stream.of(OF_SENTINELS), lesser).map(GuideUser::line))
                .toList();
    }

    private SessionParts replica(String sentinelUser) {
        String url = REDIS.url().replace("redis-sentinel://", "redis-sentinel://gatehouse:secret@");
        RedisConnections redis = SessionParts.connections(url, sentinelUser, "secret");
        return new SessionParts(redis, clock, SessionParts.KEYS);
    }
}
