package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.FlakyUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upstream that keeps failing is left alone. Each test has a route of its own, because routes remember. */
class CircuitBreakerIT {

    private static final int MINIMUM = 4;
    private static final String DEFECT = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

    @RegisterExtension
    static final FlakyUpstream UPSTREAM = new FlakyUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(routes());

    private final Browser browser = new Browser();

    private static Map<String, String> routes() {
        Map<String, String> routes = new HashMap<>();
        for (int number : List.of(0, 3, 5)) {
            String prefix = "gatehouse.routes[" + number + "].";
            routes.put(prefix + "upstream", UPSTREAM.url());
            routes.put(prefix + "circuit-breaker.failure-rate", "50");
            routes.put(prefix + "circuit-breaker.minimum-calls", String.valueOf(MINIMUM));
            routes.put(prefix + "circuit-breaker.open-for", "10s");
        }
        routes.put("gatehouse.routes[4].path", "/books/**");
        routes.put("gatehouse.routes[5].id", "other");
        routes.put("gatehouse.routes[5].path", "/other/**");
        routes.put("gatehouse.routes[5].access", "public");
        return routes;
    }

    @Test
    void upstreamIsLeftAloneUntilItsTimeIsOver() {
        UPSTREAM.answer(2, DEFECT);
        UPSTREAM.fail(2);
        assertThat(statuses(MINIMUM, "/public/x")).containsExactly(500, 500, 502, 502);

        Answer refused = browser.open(STAGE.url("/public/x"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("The service needs a moment", "upstream-resting");
        assertThat(refused.header("Retry-After")).contains("10");
        assertThat(UPSTREAM.received()).hasSize(MINIMUM);
        STAGE.advance(Duration.ofMillis(10_001));
        assertThat(statuses(MINIMUM, "/public/x")).containsOnly(200);
    }

    @Test
    void trialThatFailsMeansAnotherRest() {
        UPSTREAM.answer(MINIMUM + 3, DEFECT);
        statuses(MINIMUM, "/other/x");
        STAGE.advance(Duration.ofMillis(10_001));

        assertThat(statuses(MINIMUM, "/other/x")).containsExactly(500, 500, 500, 503);
    }

    @Test
    void whatIsTheBrowsersFaultDoesNotCount() {
        UPSTREAM.answer(2 * MINIMUM, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        assertThat(statuses(2 * MINIMUM, "/")).containsOnly(404);
    }

    private List<Integer> statuses(int requests, String path) {
        return Stream.generate(
                        () -> browser.send("GET", STAGE.url(path), "", Map.of()).status())
                .limit(requests)
                .toList();
    }
}
