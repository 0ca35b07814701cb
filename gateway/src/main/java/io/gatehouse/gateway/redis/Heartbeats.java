package io.gatehouse.gateway.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Whether the server at the other end of a connection is still there. */
final class Heartbeats {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private Heartbeats() {}

    /**
     * Emits each time the server has answered, and fails when the connection breaks or an answer takes longer than a
     * command may.
     */
    static Flux<?> of(StatefulRedisConnection<String, byte[]> connection) {
        return Flux.merge(answers(connection), breakdown(connection));
    }

    private static Flux<String> answers(StatefulRedisConnection<String, byte[]> connection) {
        return Flux.interval(PERIOD).onBackpressureDrop().concatMap(tick -> Answers.of(connection.async()::ping), 1);
    }

    private static Mono<String> breakdown(StatefulRedisConnection<String, byte[]> connection) {
        return Mono.create(sink -> listen(connection, sink));
    }

    private static void listen(StatefulRedisConnection<String, byte[]> connection, MonoSink<String> sink) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
                sink.error(new RedisConnectionException("the connection broke"));
            }
        });
        if (!connection.isOpen()) {
            sink.error(new RedisConnectionException("the connection broke at once"));
        }
    }
}
