package io.gatehouse.gateway.session;

import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import reactor.core.publisher.Mono;

/** Marks that can be set once in the whole cluster, for what must not happen twice whichever replica it reaches. */
public final class ClusterMarks {

    private static final byte[] SET = {'1'};

    private final RedisConnections redis;
    private final String prefix;

    ClusterMarks(RedisConnections redis, String namespace) {
        this.redis = redis;
        this.prefix = namespace + ":once:";
    }

    /**
     * Sets a mark. True for whoever came first.
     *
     * @param name what must not happen twice; Redis sees only its hash
     * @param memory how long the mark stays
     */
    public Mono<Boolean> setOnce(String name, Duration memory) {
        return redis.run(commands -> commands.set(
                        prefix + sha256(name), SET, SetArgs.Builder.nx().px(memory.toMillis())))
                .hasElement();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
