package io.gatehouse.gateway.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What stands behind the Redis URL.
 *
 * @param <C> the connection that commands go over
 */
interface Topology<C extends StatefulConnection<String, byte[]>> {

    Mono<C> connect();

    /** Emits while the connection is alive and fails when it is not. */
    Flux<?> watch(C connection);

    RedisClusterAsyncCommands<String, byte[]> commands(C connection);

    /**
     * Every server that accepts writes now, by a name that stays with it, and how to connect to it alone. Empty while
     * that is not known.
     */
    Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>> masters(Link<C> link);

    /** Takes all connections down. */
    void close();
}
