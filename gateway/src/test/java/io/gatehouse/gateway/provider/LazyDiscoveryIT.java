package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LazyDiscoveryIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.token.patience", "2s"));

    private final Browser browser = new Browser();

    @Test
    void gatewayRunsWithoutLogtoAndSignsPeopleInOnceItIsThere() {
        STAGE.logto().fault("{\"endpoint\":\"discovery\",\"kind\":\"reset\"}");

        Answer answer = browser.open(STAGE.url("/books"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("provider-unavailable");
        assertThat(answer.header("Refresh")).contains("5");
        assertThat(browser.open(STAGE.url("/public/x")).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(401);

        STAGE.logto().control("DELETE", "faults", "");
        assertThat(STAGE.signInAsAlice(browser).header("Location")).contains("/books");

        STAGE.logto().fault("{\"endpoint\":\"discovery\",\"kind\":\"reset\"}");
        assertThat(new Browser().open(STAGE.url("/books")).status()).isEqualTo(302);
    }
}
