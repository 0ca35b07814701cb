package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.PortInUseException;
import reactor.core.publisher.Mono;

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

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void headIsAnsweredLikeGetButWithoutBody(String path) {
        Answer get = ops(path);
        Answer head = browser.fetch("HEAD", STAGE.gateway().ops() + path);

        assertThat(head.status()).isEqualTo(get.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OpsServer server = new OpsServer(
                    new OpsProperties(taken.getLocalPort(), "127.0.0.1"), (request, response) -> Mono.empty());

            assertThatExceptionOfType(PortInUseException.class)
                    .isThrownBy(server::start)
                    .satisfies(refused -> assertThat(refused.getPort()).isEqualTo(taken.getLocalPort()));
        }
    }

    @Test
    void withoutRedisItIsAliveAndAfterSomeTimeNotReadyAndWithItReadyAgain() {
        STAGE.redis().close();
        try {
            assertThat(ops("/livez").status()).isEqualTo(200);
            assertThat(ops("/readyz").status()).isEqualTo(200);
            STAGE.advance(Duration.ofSeconds(60));
            assertThat(ops("/readyz").status()).isEqualTo(503);
            assertThat(ops("/readyz").body()).contains("\"because\":[\"redis\"]");
        } finally {
            STAGE.redis().start();
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(ops("/readyz").status()).isEqualTo(200));
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

    private Answer ops(String path) {
        return browser.open(STAGE.gateway().ops() + path);
    }
}
