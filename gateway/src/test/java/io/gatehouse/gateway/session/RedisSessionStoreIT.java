package io.gatehouse.gateway.session;

import io.gatehouse.gateway.fixture.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on Debian's Redis as a process. */
class RedisSessionStoreIT extends RedisSessionStoreContract {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @Override
    String redisUrl() {
        return REDIS.url();
    }
}
