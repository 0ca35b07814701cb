package io.gatehouse.gateway.session;

import io.lettuce.core.RedisURI;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where sessions are kept.
 *
 * @param url {@code redis://[[user:]password@]host[:port][/database]}, or {@code rediss://} for TLS. It may carry a
 *     password, so it can also come from a file
 * @param namespace starts the name of every key, so that several environments can share one Redis
 * @param timeout how long a command may take before the request is answered with 503; at most 1 s
 */
public record RedisProperties(
        @DefaultValue("redis://127.0.0.1:6379") RedisURI url,

        @DefaultValue("gatehouse")
        @Pattern(regexp = "[A-Za-z0-9_-]{1,32}", message = "must be 1 to 32 letters, digits, - or _")
        String namespace,

        @DefaultValue("500ms") Duration timeout) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1);

    @AssertTrue(message = "timeout must be positive and at most 1s: people wait for it")
    boolean isTimeoutShort() {
        return timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "host=" + url.getHost() + ":" + url.getPort() + ", namespace=" + namespace + ", timeout=" + timeout;
    }
}
