package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A route of Spring Cloud Gateway's own properties has no rule of ours, and no rule means: signed-in people only. */
class NativeRouteIT {

    private static final String PREFIX = "spring.cloud.gateway.server.webflux.routes[0].";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            PREFIX + "id", "native",
            PREFIX + "order", "-1",
            PREFIX + "uri", "http://127.0.0.1:1",
            PREFIX + "predicates[0]", "Path=/native/**"));

    private final Browser browser = new Browser();

    @Test
    void needsASignIn() {
        assertThat(browser.fetch("GET", STAGE.url("/native/x")).status()).isEqualTo(401);
        assertThat(browser.open(STAGE.url("/native/x")).status()).isEqualTo(302);

        STAGE.signInAsAlice(browser);

        assertThat(browser.fetch("GET", STAGE.url("/native/x")).status()).isEqualTo(502);
    }
}
