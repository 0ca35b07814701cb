package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.lettuce.core.api.reactive.BaseRedisReactiveCommands;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import reactor.test.StepVerifier;

/** A Redis that speaks TLS to clients it knows, and lets them do what they need and nothing else. */
class SecuredRedisIT {

    /** As it stands in the operations guide. */
    private static final String USER = "gatehouse on >secret resetkeys ~test:* resetchannels &test:ended -@all"
            + " +hello +ping +client|tracking"
            + " +evalsha +eval +exists +hget +hset +hmget +del +pexpire +pexpireat"
            + " +publish +subscribe +get +set +mget +zadd +zrem +zcard +zrange +zremrangebyscore +scan";

    private static final TestCertificates CERTIFICATES = TestCertificates.issued("redis");

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.overTls(CERTIFICATES, "default off", USER);

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void everythingWorksWithTheLeastCommands() {
        try (SessionParts replica = replica(clientBundle())) {
            await().atMost(Duration.ofSeconds(10)).until(replica.tracking::isComplete);
            SessionId id = replica.begun();
            SessionId other = replica.begun();
            SessionRecord session = replica.cache.find(id).block();
            String issuer = session.identity().issuer();
            String subject = session.identity().subject();

            assertThat(replica.store.touch(id, session.seenAt(clock.instant())).block())
                    .isTrue();
            assertThat(replica.store
                            .change(id, newest -> newest.with(TestSessions.tokens("next")))
                            .block())
                    .isNotNull();
            assertThat(new ClusterMarks(replica.redis, "test")
                            .setOnce("x", Duration.ofMinutes(1))
                            .block())
                    .isTrue();
            assertThat(replica.ends.ofUser(issuer, subject).count().block()).isEqualTo(2);
            assertThat(replica.ends.renewAll().block()).isEqualTo(2);
            assertThat(replica.store.delete(other).block()).isTrue();
            assertThat(replica.ends.endUser(issuer, subject).block()).isEqualTo(1);
            assertThat(replica.ends.endAll().block()).isZero();
            await().until(() -> replica.recent.contains(other.lookup()));
            await().untilAsserted(SecuredRedisIT::verifyEveryCommandWasNeeded);
        }
    }

    @Test
    void clientWithoutCertificateFindsNoRedis() {
        try (SessionParts replica = replica(trustOnly())) {
            StepVerifier.create(replica.redis.run(BaseRedisReactiveCommands::ping))
                    .verifyError();
        }
    }

    private static void verifyEveryCommandWasNeeded() {
        String used = REDIS.with(commands -> commands.info("commandstats"));
        assertThat(Pattern.compile("\\+([a-z|]+)").matcher(USER).results().map(granted -> granted.group(1)))
                .allMatch(command -> used.contains("cmdstat_" + command + ":"));
    }

    private SessionParts replica(SslBundle ssl) {
        String url = REDIS.url().replace("rediss://", "rediss://gatehouse:secret@");
        return new SessionParts(SessionParts.connections(url, ssl), clock, SessionParts.KEYS);
    }

    private static SslBundle clientBundle() {
        return bundle(PemSslStoreDetails.forCertificate(
                        CERTIFICATES.clientCertificate().toUri().toString())
                .withPrivateKey(CERTIFICATES.clientKey().toUri().toString()));
    }

    private static SslBundle trustOnly() {
        return bundle(null);
    }

    private static SslBundle bundle(PemSslStoreDetails key) {
        SslStoreBundle stores = new PemSslStoreBundle(
                key, PemSslStoreDetails.forCertificate(CERTIFICATES.ca().toUri().toString()));
        return SslBundle.of(stores);
    }
}
