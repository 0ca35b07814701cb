package io.gatehouse.gateway.session;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The same contract on the official image, where a container engine answers. {@link RedisSessionStoreIT} runs it
 * everywhere.
 */
@Testcontainers(disabledWithoutDocker = true)
class RedisSessionStoreContainerIT extends RedisSessionStoreContract {

    @Container
    static final GenericContainer<?> REDIS = new GenericContainer<>("redis:8").withExposedPorts(6379);

    @Override
    String redisUrl() {
        return "redis://" + REDIS.getHost() + ":" + REDIS.getMappedPort(6379);
    }
}
