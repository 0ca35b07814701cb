package io.gatehouse.gateway.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.verify.Signer.Forgery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every verifier of the gateway's assertions has to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerifierContract {

    private static final String PATH = "/orders/7%20a";

    final Signer signer = new Signer();

    /** Starts a service that answers at {@code /orders} those who are proven, with their {@code sub}. */
    abstract void start();

    abstract void stop();

    /** Scheme, host and port. */
    abstract String url();

    /** Whom the service takes for proven. */
    String subject(Answer answer) {
        return answer.body().replace("\"", "");
    }

    @BeforeAll
    void startService() {
        start();
    }

    @AfterAll
    void stopService() {
        stop();
        signer.close();
    }

    @Test
    void assertionForThisRequestIsAccepted() {
        Answer answer = send("GET", PATH + "?x=1", signer.signAssertion(signer.assertion("GET", PATH)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(subject(answer)).isEqualTo("alice");
    }

    @Test
    void withoutAssertionNobodyIsProven() {
        assertThat(new Browser().send("GET", url() + PATH, "", Map.of()).status())
                .isEqualTo(401);
        for (String nonsense : List.of("x", "a.b.c", "..", "e30.e30.e30")) {
            assertThat(send("GET", PATH, nonsense).status()).as(nonsense).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void forgedAssertionIsRefused(Forgery forgery) {
        String forged = signer.forge(forgery, true, signer.assertion("GET", PATH));

        assertThat(send("GET", PATH, forged).status()).isEqualTo(401);
    }

    static List<Arguments> otherRequests() {
        return List.of(
                Arguments.of("iss", "https://evil.example"),
                Arguments.of("aud", "another-route"),
                Arguments.of("exp", 1_000_000_000L),
                Arguments.of("htm", "POST"),
                Arguments.of("htu", "https://evil.example" + PATH),
                Arguments.of("htu", "PUBLIC/orders/8"),
                Arguments.of("htu", "PUBLIC/orders"));
    }

    @ParameterizedTest
    @MethodSource("otherRequests")
    void assertionForSomethingElseIsRefused(String claim, Object value) {
        Map<String, Object> claims = signer.assertion("GET", PATH);
        claims.put(claim, value instanceof String text ? text.replace("PUBLIC", signer.publicUrl()) : value);

        assertThat(send("GET", PATH, signer.signAssertion(claims)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Required.class)
    void assertionThatDoesNotSayEverythingIsRefused(Required claim) {
        Map<String, Object> claims = signer.assertion("GET", PATH);
        claims.remove(claim.name());

        assertThat(send("GET", PATH, signer.signAssertion(claims)).status()).isEqualTo(401);
    }

    /** Claims without which an assertion says nothing. */
    @SuppressWarnings("unused")
    enum Required {
        iss,
        aud,
        sub,
        exp,
        htm,
        htu,
        jti
    }

    @Test
    void whatChangesSomethingCountsOnce() {
        String assertion = signer.signAssertion(signer.assertion("POST", PATH));

        assertThat(send("POST", PATH, assertion).status()).isEqualTo(200);
        assertThat(send("POST", PATH, assertion).status()).isEqualTo(401);
        assertThat(send("POST", PATH, signer.signAssertion(signer.assertion("POST", PATH)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatChangesNothingMayComeAgain() {
        String assertion = signer.signAssertion(signer.assertion("GET", PATH));

        assertThat(send("GET", PATH, assertion).status()).isEqualTo(200);
        assertThat(send("GET", PATH, assertion).status()).isEqualTo(200);
    }

    private Answer send(String method, String path, String assertion) {
        return new Browser().send(method, url() + path, "", Map.of("X-Gatehouse-Assertion", assertion));
    }
}
