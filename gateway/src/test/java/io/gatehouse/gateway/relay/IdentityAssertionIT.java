package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TestKeys;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdentityAssertionIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.relay.assertion-keys",
            TestKeys.assertionPair() + TestKeys.assertionPair(),
            "gatehouse.routes[4].relay.assertion",
            "true"));

    private static @Nullable TestGateway other;

    private final Browser browser = new Browser();

    /** Not sooner: gateways in one JVM share their threads, and the first to stop takes them along. */
    @AfterAll
    static void stop() {
        if (other != null) {
            other.stop();
        }
    }

    @Test
    void upstreamVerifiesItWithThePublishedKeys() throws ParseException, JOSEException {
        STAGE.signInAsAlice(browser);

        browser.fetch("DELETE", STAGE.url("/books/7?force=true"));

        SignedJWT assertion =
                SignedJWT.parse(STAGE.upstream().single().headers().get("X-Gatehouse-Assertion"));
        JWK key =
                JWKSet.parse(jwks().body()).getKeyByKeyId(assertion.getHeader().getKeyID());
        assertThat(assertion.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
        assertThat(assertion.getJWTClaimsSet().toJSONObject())
                .containsEntry("htm", "DELETE")
                .containsEntry("htu", STAGE.url("/books/7"))
                .containsEntry("aud", "rest");
    }

    @Test
    void noTwoRequestsHaveTheSame() {
        STAGE.signInAsAlice(browser);

        browser.open(STAGE.url("/books"));
        browser.open(STAGE.url("/books"));

        assertThat(STAGE.upstream().received())
                .extracting(received -> received.headers().get("X-Gatehouse-Assertion"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyPublicKeysArePublishedForAMinute() throws ParseException {
        Answer answer = jwks();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/jwk-set+json");
        assertThat(answer.header("Cache-Control")).contains("max-age=60, public");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(JWKSet.parse(answer.body()).getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
        assertThat(answer.body()).doesNotContain("\"d\"");
    }

    @Test
    void keysAreForLookingOnly() {
        assertThat(browser.send("HEAD", STAGE.url("/auth/jwks"), "", Map.of()).status())
                .isEqualTo(200);
        assertThat(browser.send("POST", STAGE.url("/auth/jwks"), "", Map.of()).status())
                .isEqualTo(405);
    }

    @Test
    void gatewayWithoutKeysPublishesAnEmptySet() {
        other = STAGE.gateway()
                .replica()
                .with("gatehouse.relay.assertion-keys", "")
                .with("gatehouse.routes[4].relay.assertion", "");
        other.start();

        assertThat(browser.open(other.url() + "/auth/jwks").body()).isEqualTo("{\"keys\":[]}");
    }

    private Answer jwks() {
        return browser.open(STAGE.url("/auth/jwks"));
    }
}
