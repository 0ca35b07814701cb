package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.GuideUser;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.TestCertificates;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway as the operations guide sets it up for a Redis with TLS, client certificates and users. */
class SecuredRedisJourneyIT {

    private static final TestCertificates CERTIFICATES = TestCertificates.issued("journey");

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = RedisServer.overTls(
            CERTIFICATES, "default off", GuideUser.ofServer().line());

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS = new Replicas(Map.of(
            "gatehouse.redis.url", REDIS.url().replace("rediss://", "rediss://gatehouse:secret@"),
            "gatehouse.redis.ssl-bundle", "redis",
            "spring.ssl.bundle.pem.redis.truststore.certificate", "file:" + CERTIFICATES.ca(),
            "spring.ssl.bundle.pem.redis.keystore.certificate", "file:" + CERTIFICATES.clientCertificate(),
            "spring.ssl.bundle.pem.redis.keystore.private-key", "file:" + CERTIFICATES.clientKey()));

    @Test
    void personSignsInOnOneReplicaAndOutOnTheOther() {
        REPLICAS.awaitReady();
        var browser = new Browser();
        REPLICAS.signIn(browser);

        REPLICAS.urls("/books")
                .forEach(url -> assertThat(browser.open(url).status()).isEqualTo(200));
        browser.submit(REPLICAS.b().url() + "/auth/sign-out", Map.of());

        assertThat(browser.open(REPLICAS.a().url() + "/books").status()).isEqualTo(302);
        assertThat(REDIS.sessions()).isEmpty();
    }
}
