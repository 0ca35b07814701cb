package io.gatehouse.gateway.redis;

import io.gatehouse.gateway.live.Secret;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where sessions are kept.
 *
 * @param url {@code redis://[[user:]password@]host[:port][/database]},
 *     {@code redis-sentinel://host[:port][,host...]?sentinelMasterId=name}, or several nodes of a Cluster separated by
 *     commas; {@code rediss://} and {@code rediss-sentinel://} for TLS. It may carry a password, so it can also come
 *     from a file
 * @param cluster whether Redis is a Cluster; needed only if the URL names a single node of it
 * @param sentinelUser the user for the Sentinels themselves, which have credentials of their own
 * @param sentinelPassword the password for the Sentinels themselves
 * @param sslBundle the name of a bundle below {@code spring.ssl.bundle} with the authorities to trust, and a client
 *     certificate if Redis asks for one
 * @param namespace starts the name of every key, so that several environments can share one Redis
 * @param timeout how long a command may take before the request is answered with 503; at most 1 s
 */
public record RedisProperties(
        @DefaultValue("redis://127.0.0.1:6379") RedisUrl url,
        @DefaultValue("false") boolean cluster,
        @Nullable String sentinelUser,
        @Nullable Secret sentinelPassword,
        @Nullable String sslBundle,

        @DefaultValue("gatehouse")
        @Pattern(regexp = "[A-Za-z0-9_-]{1,32}", message = "must be 1 to 32 letters, digits, - or _")
        String namespace,

        @DefaultValue("500ms") Duration timeout) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1);

    @AssertTrue(message = "timeout must be positive and at most 1s: people wait for it")
    boolean isTimeoutShort() {
        return timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0;
    }

    @AssertTrue(message = "ssl-bundle needs a rediss:// URL")
    boolean isSslBundleUsed() {
        return sslBundle == null || url.isTls();
    }

    @AssertTrue(message = "cluster and a redis-sentinel:// URL exclude each other")
    boolean isOneTopology() {
        return !cluster || !url.isSentinel();
    }

    boolean isCluster() {
        return cluster || url.nodes().size() > 1;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "url=" + url + ", namespace=" + namespace + ", timeout=" + timeout;
    }
}
