package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Token buckets in Redis, where all replicas share them (RATIONALE.md, The request path). Of each there is one number:
 * when it will be full. It is gone by then, because a bucket of which nothing is known is full.
 */
final class Buckets {

    /** By the clock of Redis, in microseconds. What is taken from an empty bucket would make it full too late. */
    private static final Script TAKE = Script.of("""
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + tonumber(ARGV[1])
        local wait = full - now - tonumber(ARGV[2])
        if wait > 0 then return math.ceil(wait) end
        redis.call('SET', KEYS[1], string.format('%.0f', math.floor(full)), 'PX', math.ceil((full - now) / 1000))
        return 0
        """);

    private final RedisConnections redis;
    private final String prefix;

    Buckets(RedisConnections redis, String namespace) {
        this.redis = redis;
        this.prefix = namespace + ":bucket:";
    }

    /**
     * Takes a token, in one round trip. How long it takes until there is one; zero if there was, and it is taken. Fails
     * with {@link ProblemType#SESSION_STORE_UNAVAILABLE} if Redis does not say.
     */
    Mono<Duration> take(String name, TokenBucket bucket) {
        return redis.run(commands -> TAKE.<Long>run(
                        commands,
                        ScriptOutputType.INTEGER,
                        prefix + name,
                        bytes(bucket.interval().toPlainString()),
                        bytes(bucket.depth().toPlainString())))
                .map(TokenBucket::micros);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
