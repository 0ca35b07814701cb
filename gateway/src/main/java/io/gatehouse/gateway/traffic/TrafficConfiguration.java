package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.session.Pseudonyms;
import io.gatehouse.gateway.session.SessionProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what protects upstreams. */
@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {

    @Bean
    MaintenanceGlobalFilter maintenanceGlobalFilter() {
        return new MaintenanceGlobalFilter();
    }

    @Bean
    MaxBodyGlobalFilter maxBodyGlobalFilter() {
        return new MaxBodyGlobalFilter();
    }

    @Bean
    RateLimitGlobalFilter rateLimitGlobalFilter(
            RedisConnections connections,
            RedisProperties redis,
            SessionProperties session,
            ClientAddresses addresses,
            Clock clock) {
        return new RateLimitGlobalFilter(
                new Buckets(connections, redis.namespace()),
                new RequestSender(new Pseudonyms(session.keys(), "rate limit"), addresses),
                new RareWarning(clock));
    }

    @Bean
    RetryGlobalFilter retryGlobalFilter(Clock clock) {
        return new RetryGlobalFilter(clock);
    }

    @Bean
    CircuitBreakerGlobalFilter circuitBreakerGlobalFilter(Clock clock) {
        return new CircuitBreakerGlobalFilter(clock);
    }

    @Bean
    UpstreamGroupGlobalFilter upstreamGroupGlobalFilter(Clock clock) {
        return new UpstreamGroupGlobalFilter(clock);
    }

    @Bean
    TimeoutsGlobalFilter timeoutsGlobalFilter() {
        return new TimeoutsGlobalFilter();
    }
}
