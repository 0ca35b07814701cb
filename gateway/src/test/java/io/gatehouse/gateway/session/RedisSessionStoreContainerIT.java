package io.gatehouse.gateway.session;

import io.gatehouse.gateway.fixture.Ports;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The same contract on the official image, where a container engine answers; {@link RedisSessionStoreIT} runs it
 * everywhere. The container shares the network of the host, so that it, too, listens on loopback only.
 */
@Testcontainers(disabledWithoutDocker = true)
class RedisSessionStoreContainerIT extends RedisSessionStoreContract {

    private static final int PORT = Ports.free();

    @Container
    static final GenericContainer<?> REDIS = new GenericContainer<>("redis:8")
            .withNetworkMode("host")
            .withCommand("redis-server", "--port", Integer.toString(PORT), "--bind", "127.0.0.1")
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\n", 1));

    @Override
    String redisUrl() {
        return "redis://127.0.0.1:" + PORT;
    }
}
