package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.RedisMonitor;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TestSessions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a route takes of each who comes, however many replicas there are. */
class RateLimitIT {

    private static final int MOST = 3;

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[2].bearer.audience", TestSessions.RESOURCE,
            "gatehouse.routes[0].rate-limit.requests", "3",
            "gatehouse.routes[0].rate-limit.per", "1h",
            "gatehouse.routes[0].rate-limit.by", "address",
            "gatehouse.routes[2].rate-limit.requests", "3",
            "gatehouse.routes[2].rate-limit.per", "1h",
            "gatehouse.routes[3].rate-limit.requests", "120",
            "gatehouse.routes[3].rate-limit.burst", "1",
            "gatehouse.routes[3].rate-limit.by", "route"));

    private static TestGateway other;

    private final Browser browser = new Browser();

    @BeforeAll
    static void startOther() {
        other = STAGE.gateway().replica();
        other.start();
    }

    @AfterAll
    static void stopOther() {
        other.stop();
    }

    @Test
    void whatIsTooMuchIsRefusedAndDoesNotArrive() {
        assertThat(statuses(MOST, STAGE.url("/public/x"))).containsOnly(200);

        Answer refused = browser.open(STAGE.url("/public/x"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("Too many requests", "rate-limited");
        assertThat(refused.header("Retry-After").map(Integer::valueOf))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1100, 1200));
        assertThat(STAGE.upstream().received()).hasSize(MOST);
    }

    @Test
    void everySessionHasItsOwnLimit() {
        Browser second = new Browser();
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(second);

        assertThat(statuses(MOST, STAGE.url("/api/books"))).containsOnly(200);

        Answer refused = browser.fetch("GET", STAGE.url("/api/books"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("urn:gatehouse:problem:rate-limited");
        assertThat(second.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
    }

    @Test
    void everyTokenOfAnApiClientHasItsOwnLimit() {
        ApiClient client = new ApiClient(STAGE);
        String token = client.token();

        assertThat(Stream.generate(() -> client.get("/api/books", token).status())
                        .limit(MOST + 1))
                .containsExactly(200, 200, 200, 429);

        assertThat(client.get("/api/books", client.token()).status()).isEqualTo(200);
    }

    @Test
    void strangersAreAskedToSignInHoweverOftenTheyCome() {
        assertThat(statuses(2 * MOST, STAGE.url("/api/books"))).containsOnly(401);

        assertThat(buckets()).isEmpty();
    }

    @Test
    void tokensComeBack() {
        assertThat(browser.open(STAGE.url("/")).status()).isEqualTo(200);

        Answer refused = new Browser().open(STAGE.url("/"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).contains("1");
        await().until(() -> browser.open(STAGE.url("/")).status() == 200);
    }

    @Test
    void replicasShareALimit() {
        List<Integer> statuses = Stream.of(STAGE.gateway(), other, other, STAGE.gateway(), other)
                .map(gateway ->
                        browser.fetch("GET", gateway.url() + "/public/x").status())
                .toList();

        assertThat(statuses).containsExactly(200, 200, 200, 429, 429);
    }

    @Test
    void requestCostsOneRoundTrip() {
        browser.fetch("GET", STAGE.url("/public/x"));
        try (RedisMonitor monitor = RedisMonitor.of(STAGE.redis())) {
            statuses(10, STAGE.url("/public/x"));

            assertThat(monitor.count("EVALSHA")).isEqualTo(10);
            assertThat(monitor.count("EVAL")).isZero();
            assertThat(monitor.count("GET") + monitor.count("SET") + monitor.count("HMGET"))
                    .isZero();
        }
    }

    @Test
    void redisIsToldOfNobodyAndForgetsInTime() {
        STAGE.signInAsAlice(browser);
        statuses(1, STAGE.url("/api/books"));
        statuses(1, STAGE.url("/public/x"));

        assertThat(buckets())
                .hasSize(2)
                .allSatisfy(bucket -> assertThat(timeToLive(bucket)).isBetween(1L, 1200L * 1000));
        String all = STAGE.redis().contents().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
        assertThat(all).doesNotContain("127.0.0.1", browser.cookies().get("gatehouse"));
    }

    /** A limit is no access rule: without Redis it is not held. */
    @Test
    void withoutRedisEverybodyIsServed() {
        STAGE.redis().kill();
        try {
            assertThat(statuses(2 * MOST, STAGE.url("/public/x"))).containsOnly(200);
        } finally {
            STAGE.redis().startAgain();
        }

        await().until(() -> browser.fetch("GET", STAGE.url("/public/x")).status() == 429);
    }

    private List<Integer> statuses(int requests, String url) {
        return Stream.generate(() -> browser.fetch("GET", url).status())
                .limit(requests)
                .toList();
    }

    private static List<String> buckets() {
        return STAGE.redis().keys().stream()
                .filter(key -> key.startsWith("gatehouse:bucket:"))
                .toList();
    }

    private static long timeToLive(String key) {
        return STAGE.redis().with(commands -> commands.pttl(key.getBytes(StandardCharsets.UTF_8)));
    }
}
