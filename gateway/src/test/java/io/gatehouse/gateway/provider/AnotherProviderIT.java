package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.Upstream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An OpenID provider that is not known to be Logto: nothing of Logto's own is sent to it. */
class AnotherProviderIT {

    private static final RedisServer REDIS = new RedisServer();
    private static final Upstream UPSTREAM = new Upstream();
    private static final TestGateway GATEWAY = new TestGateway();
    private static final LogtoEmulator PROVIDER = new LogtoEmulator(GATEWAY.url());

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        REDIS.start();
        UPSTREAM.start();
        PROVIDER.start();
        GATEWAY.with(REDIS, PROVIDER, UPSTREAM)
                .with("gatehouse.logto.endpoint", "")
                .with("gatehouse.logto.app-id", "")
                .with("gatehouse.logto.app-secret", "")
                .with("gatehouse.connectors.okta", "")
                .with("gatehouse.oidc.issuer", PROVIDER.issuer())
                .with("gatehouse.oidc.client-id", LogtoEmulator.APP_ID)
                .with("gatehouse.oidc.client-secret", PROVIDER.secret())
                .start();
    }

    @AfterAll
    static void stop() {
        GATEWAY.stop();
        PROVIDER.close();
        UPSTREAM.stop();
        REDIS.close();
    }

    @Test
    void signInAndSignOutWorkByTheSpecificationsAlone() {
        Answer toProvider = browser.open(GATEWAY.url() + "/auth/sign-in?prompt=login&return_to=/books");
        assertThat(toProvider.locationParameters()).containsEntry("max_age", List.of("0"));
        assertThat(toProvider.locationParameters().get("scope").getFirst()).doesNotContain("roles", "urn:logto");

        Answer callback = browser.signIn(toProvider, "alice", "Wonderland-42!");
        assertThat(browser.open(callback.location().toString()).header("Location"))
                .contains("/books");
        assertThat(browser.fetch("GET", GATEWAY.url() + "/api/books").status()).isEqualTo(200);

        Answer signOut = browser.submit(GATEWAY.url() + "/auth/sign-out", Map.of());
        assertThat(signOut.locationParameters()).containsKey("id_token_hint");
    }
}
