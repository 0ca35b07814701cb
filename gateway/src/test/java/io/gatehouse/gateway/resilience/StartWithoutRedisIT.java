package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.fixture.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gateway is started before its Redis. */
class StartWithoutRedisIT {

    /** No extension: it is not there when the replicas start. */
    private static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Replicas REPLICAS = new Replicas(Map.of("gatehouse.redis.url", REDIS.url()));

    private final Browser stranger = new Browser();
    private final Browser unknown = new Browser().with("gatehouse", "A".repeat(43));

    @Test
    void gatewayStartsWithoutRedisAndServesAsSoonAsRedisIsThere() {
        List<TestGateway> replicas = List.of(REPLICAS.a(), REPLICAS.b());
        assertThat(Ports.isTaken(REDIS.port())).isFalse();
        replicas.forEach(this::verifyWithoutRedis);

        try (RedisServer redis = REDIS.start()) {
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> replicas.forEach(this::verifyReady));
            verifySignIn();
            assertThat(redis.sessions()).hasSize(1);
        }
    }

    private void verifyWithoutRedis(TestGateway replica) {
        assertThat(stranger.open(replica.ops() + "/livez").status()).isEqualTo(200);
        assertThat(stranger.open(replica.ops() + "/readyz"))
                .returns(503, Answer::status)
                .extracting(Answer::body)
                .asString()
                .contains("\"because\":[\"redis\"]");
        assertThat(stranger.open(replica.url() + "/public/a").status()).isEqualTo(200);
        assertThat(stranger.open(replica.url() + "/books").status()).isEqualTo(302);
        verifyPutOff(unknown.open(replica.url() + "/books"));
        verifyPutOff(unknown.fetch("GET", replica.url() + "/api/books"));
    }

    /** Whether somebody with a session cookie is signed in cannot be known, and neither is "no". */
    private static void verifyPutOff(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Location")).isEmpty();
    }

    private void verifyReady(TestGateway replica) {
        assertThat(stranger.open(replica.ops() + "/readyz").status()).isEqualTo(200);
    }

    private void verifySignIn() {
        Browser person = new Browser();
        REPLICAS.signIn(person);

        assertThat(REPLICAS.urls("/books")).allMatch(url -> person.open(url).status() == 200);
        assertThat(REPLICAS.urls("/books"))
                .allMatch(url -> unknown.fetch("GET", url).status() == 401);
    }
}
