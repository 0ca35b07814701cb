package io.gatehouse.gateway.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A Redis Cluster. Lettuce follows its slots and reconnects to its nodes. */
final class Cluster implements Topology<StatefulRedisClusterConnection<String, byte[]>> {

    /** A node that hangs breaks no connection, so the view of the cluster is also renewed without cause. */
    private static final Duration REFRESH_PERIOD = Duration.ofSeconds(2);

    private static final Duration SHORTEST_TIME_BETWEEN_REFRESHES = Duration.ofMillis(500);

    private final RedisClusterClient client;
    private final RedisClient nodes;
    private final RedisURI entrance;

    Cluster(ClientResources resources, ClientOptions options, List<RedisURI> urls) {
        this.client = RedisClusterClient.create(resources, urls);
        this.nodes = RedisClient.create(resources);
        this.entrance = urls.getFirst();
        nodes.setOptions(options.mutate().autoReconnect(false).build());
        client.setOptions(ClusterClientOptions.builder(options)
                .nodeFilter(node -> !isReplaced(node))
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(REFRESH_PERIOD)
                        .adaptiveRefreshTriggersTimeout(SHORTEST_TIME_BETWEEN_REFRESHES)
                        .build())
                .build());
    }

    /** The others remember a fallen master as one. Lettuce would scan it like those that own slots, and fail. */
    private static boolean isReplaced(RedisClusterNode node) {
        return node.is(RedisClusterNode.NodeFlag.FAIL) && node.hasNoSlots();
    }

    @Override
    public Mono<StatefulRedisClusterConnection<String, byte[]>> connect() {
        return Mono.fromCompletionStage(client::refreshPartitionsAsync)
                .then(Mono.fromCompletionStage(() -> client.connectAsync(RedisConnections.CODEC)));
    }

    /** Breaks with none of its nodes. */
    @Override
    public Flux<?> watch(StatefulRedisClusterConnection<String, byte[]> connection) {
        return Flux.never();
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> commands(
            StatefulRedisClusterConnection<String, byte[]> connection) {
        return connection.async();
    }

    @Override
    public Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>> masters(
            Link<StatefulRedisClusterConnection<String, byte[]>> link) {
        @Nullable StatefulRedisClusterConnection<String, byte[]> connection = link.ifOpen();
        return connection == null
                ? Map.of()
                : connection.getPartitions().stream()
                        .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots())
                        .collect(Collectors.toMap(RedisClusterNode::getNodeId, this::connectTo));
    }

    private Mono<StatefulRedisPubSubConnection<String, byte[]>> connectTo(RedisClusterNode node) {
        RedisURI address = at(node.getUri());
        return Mono.fromCompletionStage(() -> nodes.connectPubSubAsync(RedisConnections.CODEC, address));
    }

    /** What Lettuce learns of a node is its address; TLS, credentials and timeout are those that are configured. */
    private RedisURI at(RedisURI node) {
        return RedisURI.builder(entrance)
                .withHost(node.getHost())
                .withPort(node.getPort())
                .build();
    }

    @Override
    public void close() {
        nodes.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
