package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route whose upstream is being worked on. */
class MaintenanceIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[2].maintenance", "true"));

    private final Browser browser = new Browser();

    @Test
    void nobodyHasToSignInToBeTold() {
        Answer answer = browser.open(STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("Under maintenance", "under-maintenance");
        assertThat(answer.header("Retry-After")).contains("60");
        assertThat(answer.header("Refresh")).contains("60");
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void scriptIsToldAsWellAndTheUpstreamIsLeftInPeace() {
        STAGE.signInAsAlice(browser);
        STAGE.upstream().forget();

        Answer answer = browser.fetch("POST", STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("urn:gatehouse:problem:under-maintenance");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void otherRoutesGoOn() {
        assertThat(browser.open(STAGE.url("/public/x")).status()).isEqualTo(200);
    }
}
