package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpsIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void replicaIsAliveAndReady() {
        assertThat(ops("/livez").status()).isEqualTo(200);
        assertThat(ops("/readyz").status()).isEqualTo(200);
        assertThat(ops("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void withoutRedisItIsAliveButNotReadyAndWithItReadyAgain() {
        STAGE.redis().close();
        try {
            assertThat(ops("/livez").status()).isEqualTo(200);
            assertThat(ops("/readyz").status()).isEqualTo(503);
            assertThat(ops("/readyz").body()).contains("\"because\":[\"redis\"]");
        } finally {
            STAGE.redis().start();
        }

        assertThat(readyWithinSeconds()).isTrue();
    }

    @Test
    void nothingOfTheOpsPortIsOnThePublicPort() {
        for (String path : List.of("/livez", "/readyz", "/metrics", "/doctor", "/actuator", "/actuator/env", "/env")) {
            assertThat(browser.open(STAGE.url(path)).status()).as(path).isEqualTo(302);
        }
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void whatTheOpsPortDoesNotKnowIsNotFound() {
        for (String path : List.of("/", "/metrics", "/doctor", "/sessions", "/actuator", "/books")) {
            assertThat(ops(path).status()).as(path).isEqualTo(404);
        }
    }

    private boolean readyWithinSeconds() {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            if (ops("/readyz").status() == 200) {
                return true;
            }
        }
        return false;
    }

    private Answer ops(String path) {
        return browser.open(STAGE.gateway().ops() + path);
    }
}
