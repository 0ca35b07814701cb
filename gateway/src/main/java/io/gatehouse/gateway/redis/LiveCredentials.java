package io.gatehouse.gateway.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import reactor.core.publisher.Mono;

/**
 * The user and password that a connection introduces itself with, whenever it is made. Connections that are there
 * already stay as they are.
 */
final class LiveCredentials implements RedisCredentialsProvider {

    private volatile RedisCredentialsProvider current;

    LiveCredentials(RedisCredentialsProvider current) {
        this.current = current;
    }

    void replaceWith(RedisCredentialsProvider other) {
        current = other;
    }

    /** A value that is there already: Lettuce waits for it where nothing may wait. */
    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        return current.resolveCredentials();
    }
}
