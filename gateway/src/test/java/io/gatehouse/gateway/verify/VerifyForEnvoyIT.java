package io.gatehouse.gateway.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Envoy is answered, which asks with the request itself below the endpoint. */
class VerifyForEnvoyIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.forward-auth.peers", "127.0.0.1",
            "gatehouse.forward-auth.proxy", "envoy",
            "gatehouse.routes[0].upstream", "",
            "gatehouse.routes[1].path", "/shop/**",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].upstream", "",
            "gatehouse.routes[1].relay.headers", "name=X-User-Name",
            "gatehouse.routes[2].maintenance", "true"));

    private final Browser alice = new Browser().with("basket", "42");

    @Test
    void cookiesAreReplacedByThoseOfTheApplication() {
        STAGE.signInAsAlice(alice);

        Answer answer = ask("/shop/books?page=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cookie")).hasValue("basket=42");
        assertThat(answer.header("X-User-Name")).hasValue("Alice Liddell");
        assertThat(answer.header(PassedRequest.REMOVED)).hasValue("X-Gatehouse-Assertion");
    }

    @Test
    void whatOnlyTheGatewayMaySayIsTakenAway() {
        Answer answer = alice.without("basket")
                .send(
                        "GET",
                        STAGE.url("/auth/verify/public/page"),
                        "",
                        Map.of("X-User-Name", "forged", "Authorization", "Bearer forged"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-User-Name")).isEmpty();
        assertThat(answer.header("Cookie")).isEmpty();
        assertThat(answer.header(PassedRequest.REMOVED))
                .hasValue("Authorization,Cookie,X-Auth-Email,X-Auth-Roles,X-Auth-Subject,X-Gatehouse-Assertion,"
                        + "X-User-Name");
    }

    @Test
    void strangerIsLedToTheSignInByTheAnswerItself() {
        Answer answer = new Browser().open(STAGE.url("/auth/verify/shop/books"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer());
        assertThat(answer.header(PassedRequest.REMOVED)).isEmpty();
    }

    @Test
    void routeUnderMaintenanceIsSaidToBe() {
        Answer answer = ask("/api/books");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Location")).isEmpty();
    }

    private Answer ask(String path) {
        return alice.send("GET", STAGE.url("/auth/verify" + path), "", Map.of());
    }
}
