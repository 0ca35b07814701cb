package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpstreamDownIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[0].upstream", "http://127.0.0.1:" + Ports.free()));

    @Test
    void upstreamThatRefusesTheConnectionIsABadGatewayAndNoDefectOfOurs() {
        var answer = new Browser().open(STAGE.url("/public/x"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream-unreachable", "Try again").doesNotContain("127.0.0.1:");
        assertThat(answer.header("Retry-After")).isPresent();
    }
}
