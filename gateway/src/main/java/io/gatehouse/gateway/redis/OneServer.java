package io.gatehouse.gateway.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One Redis, at a fixed address or wherever the Sentinels say that the master is. */
final class OneServer implements Topology<StatefulRedisConnection<String, byte[]>> {

    private final RedisClient client;
    private final RedisURI url;

    OneServer(ClientResources resources, ClientOptions options, RedisURI url) {
        this.client = RedisClient.create(resources);
        this.url = url;
        client.setOptions(options.mutate().autoReconnect(false).build());
    }

    @Override
    public Mono<StatefulRedisConnection<String, byte[]>> connect() {
        return Mono.fromCompletionStage(() -> client.connectAsync(RedisConnections.CODEC, url));
    }

    @Override
    public Flux<?> watch(StatefulRedisConnection<String, byte[]> connection) {
        return Heartbeats.of(connection);
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> commands(StatefulRedisConnection<String, byte[]> connection) {
        return connection.async();
    }

    @Override
    public Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>> masters(
            Link<StatefulRedisConnection<String, byte[]>> link) {
        return Map.of("redis", Mono.fromCompletionStage(() -> client.connectPubSubAsync(RedisConnections.CODEC, url)));
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
