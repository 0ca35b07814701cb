package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.RefreshLeases.Lease;
import io.gatehouse.gateway.token.RefreshLeases.Ruling;
import java.security.SecureRandom;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Everything that the lease of a refresh asks of Redis. */
public final class EveryLeaseCommand {

    private EveryLeaseCommand() {}

    /** Fails where Redis refuses any of it. */
    public static void verify(RedisConnections redis, String namespace, BrowserSession session) {
        var properties = new TokenProperties(
                Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ZERO);
        Lease lease = new RefreshLeases(redis, namespace, properties, new SecureRandom()).of(session, "token");

        assertThat(lease.take(false).block()).isInstanceOf(Ruling.Go.class);
        lease.during(Mono.delay(Duration.ofMillis(600))).block();
        lease.abandon().block();
        assertThat(lease.take(false).block()).isInstanceOf(Ruling.Go.class);
        lease.leave().block();
        assertThat(lease.take(false).block()).isInstanceOf(Ruling.Go.class);
        assertThat(lease.take(false).block()).isInstanceOf(Ruling.Uncertain.class);
        lease.settle().block();
        assertThat(lease.take(false).block()).isInstanceOf(Ruling.Go.class);
        lease.settle().block();
    }
}
