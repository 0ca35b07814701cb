package io.gatehouse.gateway.redis;

import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The connection to Redis that commands go over. The gateway starts without Redis and finds it when it is there. While
 * it is not there commands fail at once instead of queueing up.
 */
public final class RedisConnections implements SmartLifecycle, AutoCloseable {

    /** Opened before the ports and closed after them. */
    static final int PHASE = -100;

    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnections.class);
    private static final int MAX_REQUESTS_IN_FLIGHT = 50_000;
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

    private final ClientResources resources = ClientResources.builder()
            .reconnectDelay(Delay.exponential(10, LONGEST_RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS, 2))
            .build();
    private final Data<?> data;

    private @Nullable Disposable upkeep;

    /** @param ssl the bundle that the properties name; null for the authorities the JVM trusts */
    public RedisConnections(RedisProperties redis, @Nullable SslBundle ssl) {
        ClientOptions options = options(redis.timeout(), ssl);
        List<RedisURI> urls =
                redis.url().nodes().stream().map(node -> prepared(node, redis)).toList();
        this.data = redis.isCluster()
                ? new Data<>(new Cluster(resources, options, urls), redis.timeout())
                : new Data<>(new OneServer(resources, options, urls.getFirst()), redis.timeout());
    }

    private static ClientOptions options(Duration timeout, @Nullable SslBundle ssl) {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_REQUESTS_IN_FLIGHT)
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                // A server must not be able to have commands wait any longer.
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .sslOptions(ssl == null ? SslOptions.create() : options(ssl))
                .build();
    }

    private static SslOptions options(SslBundle ssl) {
        return SslOptions.builder()
                .trustManager(ssl.getManagers().getTrustManagerFactory())
                .keyManager(ssl.getManagers().getKeyManagerFactory())
                .build();
    }

    private static RedisURI prepared(RedisURI node, RedisProperties redis) {
        // What Lettuce goes by while a connection introduces itself; without it a silent Redis would leave one behind.
        node.setTimeout(redis.timeout());
        Secret password = redis.sentinelPassword();
        if (password != null) {
            node.getSentinels().forEach(sentinel -> authenticate(sentinel, redis.sentinelUser(), password));
        }
        node.getSentinels().forEach(sentinel -> sentinel.setTimeout(redis.timeout()));
        return node;
    }

    private static void authenticate(RedisURI sentinel, @Nullable String user, Secret password) {
        sentinel.setCredentialsProvider(
                () -> Mono.just(RedisCredentials.just(user, password.value().toCharArray())));
    }

    /**
     * Runs a command. Whatever keeps Redis from answering in time fails with
     * {@link ProblemType#SESSION_STORE_UNAVAILABLE}: it says nothing about sessions.
     */
    public <T> Mono<T> run(Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> command) {
        return data.commands()
                .flatMap(commands -> Answers.of(() -> command.apply(commands)))
                .onErrorMap(RedisConnections::unavailable);
    }

    /** The keys that a scan finds, with the failures of {@link #run}. The first of them may take long to find. */
    public Flux<String> scan(ScanArgs which) {
        return data.commands().flatMapMany(commands -> scan(commands, which)).onErrorMap(RedisConnections::unavailable);
    }

    private static Flux<String> scan(RedisClusterAsyncCommands<String, byte[]> commands, ScanArgs which) {
        return Answers.of(() -> commands.scan(which))
                .expand(page -> page.isFinished() ? Mono.empty() : Answers.of(() -> commands.scan(page, which)))
                .flatMapIterable(KeyScanCursor::getKeys);
    }

    private static GatewayException unavailable(Throwable failure) {
        return GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE, failure);
    }

    /** Every server that accepts writes now, and how to connect to it alone. */
    Supplier<Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>>> masters() {
        return data::masters;
    }

    @Override
    public void start() {
        upkeep = data.kept().subscribe();
    }

    @Override
    public void stop() {
        if (upkeep != null) {
            upkeep.dispose();
            upkeep = null;
        }
    }

    @Override
    public boolean isRunning() {
        return upkeep != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void close() {
        stop();
        data.topology.close();
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** The link of one topology. */
    private static final class Data<C extends StatefulConnection<String, byte[]>> implements Link.Listener {

        private final Topology<C> topology;
        private final Link<C> link;

        Data(Topology<C> topology, Duration timeout) {
            this.topology = topology;
            this.link = new Link<>(topology.connect(), connected -> Mono.empty(), topology::watch, timeout, this);
        }

        Mono<RedisClusterAsyncCommands<String, byte[]>> commands() {
            return Mono.defer(link::connection).map(topology::commands);
        }

        Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>> masters() {
            return topology.masters(link);
        }

        Flux<?> kept() {
            return link.kept();
        }

        @Override
        public void up() {
            LOG.atInfo().log("Redis is there");
        }

        @Override
        public void down(Throwable cause) {
            LOG.atWarn().addKeyValue("cause", Causes.of(cause)).log("Redis is not there");
        }
    }
}
