package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TokenHeader;
import io.gatehouse.gateway.fixture.Upstream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .with("gatehouse.sign-in.portals[0].issuer", "")
                .with("gatehouse.sign-in.portals[0].connector", "")
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

    @BeforeEach
    void forget() {
        REDIS.clear();
        PROVIDER.reset();
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

    /** {@code oidcc-client-test-rp-init-logout}, with a hint that the IdP accepts. */
    @Test
    void r23SignOutThereNamesThePersonAndTheWayBack() {
        Answer toProvider = signOut();

        assertThat(toProvider.locationParameters())
                .containsEntry("client_id", List.of(LogtoEmulator.APP_ID))
                .containsEntry("post_logout_redirect_uri", List.of(GATEWAY.url() + "/"));
        assertThat(TokenHeader.kid(
                        toProvider.locationParameters().get("id_token_hint").getFirst()))
                .isNotEmpty();
        assertThat(wayBack(toProvider.location().toString())).isEqualTo(GATEWAY.url() + "/");
        assertSignedOut();
    }

    /** {@code oidcc-client-test-rp-init-logout-other-state}: none was sent, so none that comes back means anything. */
    @ParameterizedTest
    @ValueSource(strings = {"other", "https://evil.example/", "%3Cscript%3E"})
    void r24StateThatComesBackMeansNothing(String state) {
        Answer toProvider = signOut();

        String back = wayBack(toProvider.location() + "&state=" + state);

        assertThat(back).startsWith(GATEWAY.url() + "/?state=");
        Answer home = browser.open(back);
        assertThat(home.status()).isEqualTo(200);
        assertThat(home.header("Location")).isEmpty();
        assertSignedOut();
        Answer page = browser.open(GATEWAY.url() + "/auth/signed-out?state=" + state);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("You are signed out").doesNotContain("evil", "<script");
    }

    /** {@code oidcc-client-test-rp-init-logout-no-state}. */
    @Test
    void r25NoStateIsSentAndNoneIsMissed() {
        Answer toProvider = signOut();

        assertThat(toProvider.locationParameters()).doesNotContainKey("state");
        Answer home = browser.open(wayBack(toProvider.location().toString()));
        assertThat(home.uri().getQuery()).isNull();
        assertThat(home.status()).isEqualTo(200);
        assertSignedOut();
    }

    private Answer signOut() {
        Answer toProvider = browser.open(GATEWAY.url() + "/auth/sign-in?return_to=/books");
        browser.open(
                browser.signIn(toProvider, "alice", "Wonderland-42!").location().toString());
        assertThat(browser.cookies()).containsKey("gatehouse");
        return browser.submit(GATEWAY.url() + "/auth/sign-out", Map.of());
    }

    private String wayBack(String endSession) {
        return browser.followUntil(
                        browser.open(endSession), uri -> uri.toString().startsWith(GATEWAY.url()))
                .location()
                .toString();
    }

    private void assertSignedOut() {
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(REDIS.sessions()).isEmpty();
        assertThat(browser.fetch("GET", GATEWAY.url() + "/api/books").status()).isEqualTo(401);
    }
}
