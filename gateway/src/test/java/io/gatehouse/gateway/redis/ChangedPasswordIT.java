package io.gatehouse.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.RedisServer;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** The password of Redis changes while a gateway is connected. */
class ChangedPasswordIT {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.withUsers("gateway on >first ~* &* +@all");

    private final RedisUrl url = url("first");
    private final RedisConnections connections = new RedisConnections(
            new RedisProperties(url, false, null, null, null, "test", Duration.ofSeconds(1)), null);

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void nextConnectionIntroducesItselfWithTheNewOne() {
        connections.start();
        Awaitility.await().until(this::isServed);

        REDIS.with(commands -> commands.aclSetuser(
                "gateway", AclSetuserArgs.Builder.resetpass().addPassword("second")));
        url.replaceCredentialsWith(url("second"));
        REDIS.with(commands -> commands.clientKill(KillArgs.Builder.user("gateway")));

        Awaitility.await().until(this::isServed);
    }

    @Test
    void otherServerIsAnotherPlace() {
        assertThat(url.isSamePlaceAs(url("second"))).isTrue();
        assertThat(url.isSamePlaceAs(RedisUrl.of("redis://gateway:first@127.0.0.1:" + REDIS.port() + "/3")))
                .isFalse();
        assertThat(url.isSamePlaceAs(RedisUrl.of("redis://gateway:first@127.0.0.2:" + REDIS.port())))
                .isFalse();
    }

    private boolean isServed() {
        return connections
                .run(commands -> commands.exists("nothing"))
                .map(found -> true)
                .onErrorResume(failure -> Mono.just(false))
                .blockOptional()
                .orElse(false);
    }

    private static RedisUrl url(String password) {
        return RedisUrl.of("redis://gateway:" + password + "@127.0.0.1:" + REDIS.port());
    }
}
