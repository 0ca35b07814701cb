package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.GuideUser;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import reactor.test.StepVerifier;

/** A Redis that speaks TLS to clients it knows, and lets them do what they need and nothing else. */
class SecuredRedisIT {

    private static final GuideUser USER = GuideUser.ofServer().in(SessionParts.NAMESPACE);

    private static final TestCertificates CERTIFICATES = TestCertificates.issued("redis");

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.overTls(CERTIFICATES, "default off", USER.line());

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void everythingWorksWithTheLeastCommands() {
        try (SessionParts replica = replica(clientBundle())) {
            new EverythingAsked(replica).verify();

            await().untilAsserted(() -> assertThat(REDIS.commands()).containsAll(USER.grants()));
        }
    }

    @Test
    void clientWithoutCertificateFindsNoRedis() {
        try (SessionParts replica = replica(trustOnly())) {
            StepVerifier.create(replica.redis.run(BaseRedisAsyncCommands::ping)).verifyError();
        }
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
