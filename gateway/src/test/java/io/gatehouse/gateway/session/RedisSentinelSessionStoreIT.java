package io.gatehouse.gateway.session;

import io.gatehouse.gateway.fixture.RedisSentinel;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSentinelSessionStoreIT extends RedisSessionStoreContract {

    @RegisterExtension
    static final RedisSentinel REDIS = new RedisSentinel();

    @Override
    String redisUrl() {
        return REDIS.url();
    }
}
