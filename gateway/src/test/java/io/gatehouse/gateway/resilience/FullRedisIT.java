package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Replicas;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.session.SessionEnds;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

/** Redis takes nothing in any more ({@code maxmemory} with {@code noeviction}). */
class FullRedisIT {

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    @Order(2)
    static final Replicas REPLICAS = new Replicas(Map.of("gatehouse.redis.url", REDIS.url()));

    private final Browser signedIn = new Browser();
    private final Browser other = new Browser();

    @BeforeEach
    void fillRedisAfterSomebodyHasSignedIn() {
        REPLICAS.awaitReady();
        REPLICAS.signIn(signedIn);
        setMemory("1mb");
    }

    @AfterEach
    void makeRoom() {
        setMemory("0");
    }

    @Test
    void whoIsSignedInGoesOnAndCanSignOut() {
        REPLICAS.urls("/books")
                .forEach(url -> assertThat(signedIn.open(url).status()).isEqualTo(200));

        Browser.Answer signOut = signedIn.submit(REPLICAS.a().url() + "/auth/sign-out", Map.of());

        assertThat(signOut.status()).isEqualTo(303);
        assertThat(REDIS.sessions()).isEmpty();
    }

    @Test
    void whoSignsInIsToldToTryAgainAndCanOnceThereIsRoom() {
        Browser.Answer callback = other.signIn(other.open(REPLICAS.a().url() + "/books"), "alice", "Wonderland-42!");

        Browser.Answer refused = other.open(callback.location().toString());
        setMemory("0");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(other.open(callback.location().toString()).header("Location"))
                .contains("/books");
        assertThat(other.open(REPLICAS.b().url() + "/books").status()).isEqualTo(200);
    }

    @Test
    void everySessionOfAPersonEndsThoughItCannotBeMarked() {
        String subject = signedIn.fetch("GET", REPLICAS.a().url() + "/auth/session")
                .body()
                .replaceAll(".*\"subject\":\"([^\"]+)\".*", "$1");
        SessionEnds ends = REPLICAS.a().bean(SessionEnds.class);

        StepVerifier.create(ends.endUser(REPLICAS.logto().issuer(), subject)).verifyError(GatewayException.class);

        assertThat(REDIS.sessions()).isEmpty();
        assertThat(signedIn.open(REPLICAS.a().url() + "/books").status()).isEqualTo(302);
    }

    private static void setMemory(String limit) {
        REDIS.with(commands -> commands.configSet("maxmemory", limit));
    }
}
