package io.gatehouse.gateway.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires Redis. */
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    @Bean
    RedisConnections redisConnections(RedisProperties redis, SslBundles bundles) {
        return new RedisConnections(redis, bundle(redis.sslBundle(), bundles));
    }

    private static @Nullable SslBundle bundle(@Nullable String name, SslBundles bundles) {
        return name == null ? null : bundles.getBundle(name);
    }

    @Bean
    ClusterMarks clusterMarks(RedisConnections connections, RedisProperties redis) {
        return new ClusterMarks(connections, redis.namespace());
    }
}
