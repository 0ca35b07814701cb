package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignOutEverywhereIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    private final Browser browser = new Browser();
    private final Browser other = new Browser();

    @Test
    void formFieldEndsAllSessionsOfThePersonAndNobodyElses() {
        Browser bob = new Browser();
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(other);
        STAGE.signIn(bob, "bob", "Builder-42!!");

        Answer answer = browser.submit(STAGE.url("/auth/sign-out"), Map.of("everywhere", "true"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(other)).isFalse();
        assertThat(isSignedIn(bob)).isTrue();
        assertThat(STAGE.logto().calls("revocation")).isEqualTo(1);
        assertThat(audit.events("signed out everywhere"))
                .singleElement()
                .asString()
                .contains("sessions=\"2\" otherGrantsRevoked=\"false\"");
        assertThat(audit.events("session ended"))
                .singleElement()
                .asString()
                .contains("reason=\"sign-out\" grantRevoked=\"true\"");
    }

    @Test
    void scriptAsksForItInTheQuery() {
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(other);

        Answer answer = browser.fetch("POST", STAGE.url("/auth/sign-out?everywhere=true"));

        assertThat(answer.body())
                .startsWith("{\"signOutUrl\":\"" + STAGE.logto().issuer() + "/session/end?");
        assertThat(isSignedIn(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?everywhere=false"})
    void otherDevicesStaySignedInUnlessAsked(String query) {
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(other);

        browser.submit(STAGE.url("/auth/sign-out" + query), Map.of());

        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everywhere=1", "everywhere", "everywhere=TRUE", "confirmed=yes"})
    void whatIsNeitherTrueNorFalseEndsNothing(String query) {
        STAGE.signInAsAlice(browser);

        Answer answer = browser.fetch("POST", STAGE.url("/auth/sign-out?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void questionOffersBothToWhoeverIsSignedIn() {
        STAGE.signInAsAlice(browser);

        assertThat(browser.open(STAGE.url("/auth/sign-out")).body())
                .contains("name=\"everywhere\" value=\"true\"", "On all my devices", "without a password");
        assertThat(other.open(STAGE.url("/auth/sign-out")).body()).doesNotContain("everywhere");
    }

    @Test
    void linkNeverSignsOutEverywhere() {
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(other);

        browser.click(STAGE.url("/auth/sign-out?everywhere=true"));

        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(other)).isTrue();
    }

    @Test
    void withoutSessionNobodyIsKnownWhoseSessionsCouldEnd() {
        STAGE.signInAsAlice(other);

        Answer answer = browser.submit(STAGE.url("/auth/sign-out"), Map.of("everywhere", "true"));

        assertThat(answer.body()).contains("Sign out?");
        assertThat(isSignedIn(other)).isTrue();
    }

    @Test
    void redisThatIsDownIsNoSignOutAndItCanBeRepeated() {
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(other);
        STAGE.redis().pause();
        try {
            assertThat(everywhere().status()).isEqualTo(503);
        } finally {
            STAGE.redis().resume();
        }
        assertThat(isSignedIn(browser)).isTrue();

        assertThat(everywhere().status()).isEqualTo(303);
        assertThat(isSignedIn(other)).isFalse();
    }

    @Test
    void whoeverSignedOutEverywhereCanSignInAgain() {
        STAGE.signInAsAlice(browser);
        everywhere();
        STAGE.advance(Duration.ofSeconds(1));

        Answer toIdp = browser.open(STAGE.url("/books"));
        browser.open(browser.signIn(toIdp, "alice", "Wonderland-42!").location().toString());

        assertThat(isSignedIn(browser)).isTrue();
    }

    private Answer everywhere() {
        return browser.submit(STAGE.url("/auth/sign-out"), Map.of("everywhere", "true"));
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.fetch("GET", STAGE.url("/books")).status() == 200;
    }
}
