package io.gatehouse.gateway.redis;

import io.lettuce.core.SetArgs;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Marks that can be set once in the whole cluster, for what must not happen twice whichever replica it reaches. */
public final class ClusterMarks {

    private static final byte[] SET = {'1'};

    private final RedisConnections redis;
    private final String prefix;

    public ClusterMarks(RedisConnections redis, String namespace) {
        this.redis = redis;
        this.prefix = namespace + ":once:";
    }

    /**
     * Sets a mark. True for whoever came first.
     *
     * @param name of what must not happen twice; Redis sees it
     * @param memory how long the mark stays
     */
    public Mono<Boolean> setOnce(String name, Duration memory) {
        return redis.run(commands ->
                        commands.set(prefix + name, SET, SetArgs.Builder.nx().px(memory.toMillis())))
                .hasElement();
    }

    /** Whether a mark is set. */
    public Mono<Boolean> isSet(String name) {
        return redis.run(commands -> commands.exists(prefix + name)).map(count -> count > 0);
    }

    /** Takes a mark away, where what was not to happen twice has not happened at all. */
    public Mono<Void> unset(String name) {
        return redis.run(commands -> commands.del(prefix + name)).then();
    }
}
