package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deployments that are broken in a way that makes a browser go round and round between the gateway and Logto. Each
 * stops before the fourth sign-in, at a page that names the cause.
 */
class RedirectLoopIT {

    private static final int ROUNDS = 4;

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[4].sign-in.acr", "phr",
            "gatehouse.routes[4].path", "/vault/**",
            "gatehouse.routes[4].upstream", "http://127.0.0.1:1",
            "gatehouse.routes[5].id", "all",
            "gatehouse.routes[5].path", "/**",
            "gatehouse.routes[5].upstream", "http://127.0.0.1:1"));

    /** Stopping one would stop what all gateways of a JVM share. */
    private static final List<TestGateway> REPLICAS = new CopyOnWriteArrayList<>();

    private static final RedisServer ANOTHER_REDIS = new RedisServer();

    private final Browser browser = new Browser();

    private int rounds;

    @AfterAll
    static void stopReplicas() {
        REPLICAS.forEach(TestGateway::stop);
        ANOTHER_REDIS.close();
    }

    @Test
    void browserThatBlocksAllCookies() {
        browser.refusing("gatehouse").refusing("gatehouse-flow");

        assertStopsAt("cookie-not-returned", wander("/books", UnaryOperator.identity()));
        assertThat(rounds).isEqualTo(1);
    }

    @Test
    void publicUrlThatIsNotTheAddressPeopleUse() {
        Answer begun = browser.send(
                "GET", STAGE.url("/books"), "", Map.of("Accept", "text/html", "X-Forwarded-Host", "intranet.example"));
        Browser there = new Browser();
        Answer callback = there.signIn(begun, "alice", "Wonderland-42!");

        assertStopsAt("begun-elsewhere", there.open(callback.location().toString()));
    }

    /** The browser drops a cookie that is {@code Secure} and came by http; Logto sends it back by https. */
    @ParameterizedTest
    @ValueSource(strings = {"User-Agent: Mozilla/5.0", "X-Forwarded-Proto: http"})
    void peopleWhoCameWithoutTlsToASiteThatHasIt(String header) {
        String publicUrl = STAGE.gateway().url().replace("http:", "https:");
        STAGE.logto()
                .control(
                        "PATCH",
                        "applications/" + LogtoEmulator.APP_ID,
                        "{\"redirectUris\":[\"" + publicUrl + "/auth/callback\"]}");
        TestGateway replica = replicaWith("gatehouse.public-url", publicUrl);
        String[] sent = header.split(": ");
        Answer begun = new Browser()
                .send("GET", replica.url() + "/books", "", Map.of("Accept", "text/html", sent[0], sent[1]));
        assertThat(begun.header("Set-Cookie").orElseThrow()).contains("; Secure");

        Answer callback = browser.signIn(begun, "alice", "Wonderland-42!");
        URI terminated = moved(callback.location(), publicUrl, replica.url());

        assertStopsAt("begun-without-tls", browser.open(terminated.toString()));
    }

    @Test
    void browserThatBeginsMoreSignInsThanAPersonCan() {
        for (int begun = 0; begun < 30; begun++) {
            assertThat(browser.open(STAGE.url("/auth/sign-in")).status()).isEqualTo(302);
        }
        Answer refused = browser.open(STAGE.url("/auth/sign-in"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("too-many-sign-ins");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.header("Set-Cookie")).isEmpty();
        STAGE.advance(Duration.ofSeconds(10));
        assertThat(browser.open(STAGE.url("/auth/sign-in")).status()).isEqualTo(302);
    }

    @Test
    void proxyThatTakesTheSessionCookieAway() {
        browser.refusing("gatehouse");

        assertStopsAt("session-cookie-lost", wander("/books", UnaryOperator.identity()));
        assertThat(STAGE.redis().sessions()).hasSize(3);
    }

    @Test
    void sessionsThatAreGoneByTheNextRequest() {
        Answer end = wander("/books", uri -> {
            STAGE.redis().clear();
            return uri;
        });

        assertStopsAt("session-lost", end);
    }

    @Test
    void replicasThatDoNotShareTheirRedis() {
        ANOTHER_REDIS.start();
        TestGateway replica = replicaWith("gatehouse.redis.url", ANOTHER_REDIS.url());

        assertStopsAt("session-lost", wander("/books", callbacksAt(replica)));
    }

    @Test
    void replicasThatDoNotShareTheirKeys() {
        TestGateway replica = replicaWith("gatehouse.session.keys", TestKeys.entry("other"));

        assertStopsAt("keys-differ", wander("/books", callbacksAt(replica)));
    }

    private static TestGateway replicaWith(String property, String value) {
        TestGateway replica = STAGE.gateway().replica().with(property, value);
        replica.start();
        REPLICAS.add(replica);
        return replica;
    }

    @Test
    void applicationThatSendsSignedInPeopleToSignInAgain() {
        Answer end = wander("/books", UnaryOperator.identity());
        while (end.status() == 502) {
            end = wander("/auth/sign-in?return_to=/books", UnaryOperator.identity());
        }

        assertStopsAt("sign-in-repeated", end);
    }

    @Test
    void identityProviderThatEndsEveryGrantAtOnce() {
        STAGE.logto().fault(refusedGrant("refresh_token"));

        assertStopsAt("session-lost", wander("/api/books", UnaryOperator.identity()));
    }

    @Test
    void identityProviderThatRefusesItsOwnCodes() {
        STAGE.logto().fault(refusedGrant("authorization_code"));

        assertStopsAt("codes-refused", wander("/books", UnaryOperator.identity()));
        assertThat(STAGE.logto().tokenCalls("authorization_code")).isEqualTo(3);
    }

    @Test
    void clockThatIsTwoHoursSlow() {
        STAGE.setLogtoAhead(Duration.ofHours(2));

        assertStopsAt("clocks-apart", wander("/books", UnaryOperator.identity()));
    }

    @Test
    void evidenceTheIdentityProviderNeverGives() {
        assertStopsAt("step-up-unproven", wander("/vault/1", UnaryOperator.identity()));
    }

    @Test
    void tabsThatComeUpAllAtOnceAreNoLoop() {
        for (int tab = 0; tab < 20; tab++) {
            assertThat(browser.open(STAGE.url("/books?tab=" + tab)).status()).isEqualTo(302);
        }
        assertThat(STAGE.signInAsAlice(browser).status()).isEqualTo(302);
    }

    @Test
    void personWhoSignsOutAndInIsNoLoop() {
        for (int i = 0; i < 6; i++) {
            assertThat(STAGE.signInAsAlice(browser).header("Location")).contains("/books");
            assertThat(browser.submit(STAGE.url("/auth/sign-out"), Map.of()).status())
                    .isEqualTo(303);
        }
    }

    @Test
    void roundThatTakesItsTimeIsNoLoop() {
        browser.refusing("gatehouse");
        for (int i = 0; i < 6; i++) {
            browser.follow(i == 0 ? STAGE.signInAsAlice(browser) : browser.open(STAGE.url("/books")));
            STAGE.advance(Duration.ofSeconds(16));
        }
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(302);
    }

    /** Follows every redirect as a browser does, and signs in once. */
    private Answer wander(String path, UnaryOperator<URI> delivery) {
        Answer answer = browser.open(STAGE.url(path));
        while (answer.header("Location").isPresent()) {
            URI next = answer.location();
            rounds += next.getPath().equals("/oidc/auth") ? 1 : 0;
            assertThat(rounds).as("sign-ins that were begun").isLessThan(ROUNDS + 1);
            answer = browser.open(delivery.apply(next).toString());
            if (answer.body().contains("name=\"password\"")) {
                answer = browser.fillIn(answer, Map.of("identifier", "alice", "password", "Wonderland-42!"));
            }
        }
        return answer;
    }

    /** One replica gets the authorization responses and the other one everything else. */
    private static UnaryOperator<URI> callbacksAt(TestGateway replica) {
        return uri -> uri.getPath().equals("/auth/callback")
                ? moved(uri, STAGE.url("/"), replica.url() + "/")
                : moved(uri, replica.url() + "/", STAGE.url("/"));
    }

    private static URI moved(URI uri, String from, String to) {
        return URI.create(uri.toString().replace(from, to));
    }

    private static String refusedGrant(String grantType) {
        return ("{'endpoint':'token','grantType':'" + grantType
                        + "','kind':'oauth-error','status':400,'error':'invalid_grant'}")
                .replace('\'', '"');
    }

    private static void assertStopsAt(String cause, Answer end) {
        assertThat(end.body()).contains(cause);
        assertThat(end.status()).isBetween(400, 499);
        assertThat(end.body()).contains("Sign in again", "Reference");
    }
}
