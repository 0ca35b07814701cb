package io.gatehouse.gateway.session;

import io.gatehouse.gateway.fixture.RedisCluster;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterSessionStoreIT extends RedisSessionStoreContract {

    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster();

    @Override
    String redisUrl() {
        return REDIS.url();
    }
}
