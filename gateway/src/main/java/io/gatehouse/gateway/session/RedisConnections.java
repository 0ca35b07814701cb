package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SingleFlight;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The connection to Redis: made when first needed, so that the gateway starts without Redis, and made again by Lettuce
 * when it breaks. While it is broken commands fail at once instead of queueing up behind it.
 */
public final class RedisConnections implements AutoCloseable {

    private static final int MAX_REQUESTS_IN_FLIGHT = 50_000;
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI url;
    private final Duration timeout;
    private final SingleFlight<String, StatefulRedisConnection<String, byte[]>> attempts = new SingleFlight<>();
    private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;

    RedisConnections(RedisProperties redis) {
        // What Lettuce goes by while a connection introduces itself; without it a silent Redis would leave one behind.
        this.url = RedisURI.builder(redis.url()).withTimeout(redis.timeout()).build();
        this.timeout = redis.timeout();
        this.resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(10, LONGEST_RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS, 2))
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(redis.timeout()));
    }

    private static ClientOptions options(Duration timeout) {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_REQUESTS_IN_FLIGHT)
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .build();
    }

    /**
     * Runs a command. Whatever keeps Redis from answering in time fails with
     * {@link ProblemType#SESSION_STORE_UNAVAILABLE}: it says nothing about sessions.
     */
    public <T> Mono<T> run(Function<RedisReactiveCommands<String, byte[]>, ? extends Publisher<T>> command) {
        return Mono.defer(this::connected)
                .flatMap(open -> Mono.from(command.apply(open.reactive())))
                .onErrorMap(failure -> GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE, failure));
    }

    /** A connection that is being made is waited for no longer than for a command, and used when it comes. */
    private Mono<StatefulRedisConnection<String, byte[]>> connected() {
        return Mono.justOrEmpty(connection)
                .switchIfEmpty(
                        Mono.defer(() -> attempts.join("connect", connect())).timeout(timeout));
    }

    private Mono<StatefulRedisConnection<String, byte[]>> connect() {
        return Mono.fromCompletionStage(() -> client.connectAsync(CODEC, url)).doOnNext(made -> connection = made);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, timeout);
        resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
