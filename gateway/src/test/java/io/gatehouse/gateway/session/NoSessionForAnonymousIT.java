package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prevents the class of CVE-2021-22119: memory that whoever does not sign in can fill. */
class NoSessionForAnonymousIT {

    private static final int REQUESTS = 10_000;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void s40TenThousandAnonymousRequestsLeaveNothingInRedis() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var answers = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> threads.submit(() -> status(number)))
                    .toList();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 302, 400, 401);
            }
        }

        assertThat(STAGE.redis().keys()).isEmpty();
    }

    /** The same browser again and again: its cookie does not grow, and only what it has begun last is remembered. */
    @Test
    void s40TenThousandSignInsOfOneBrowserLeaveNothingInRedisAndLittleInItsCookie() {
        Browser browser = new Browser();
        int signIns = Scale.of(REQUESTS / 10, REQUESTS);

        for (int i = 0; i < signIns; i++) {
            assertThat(browser.open(STAGE.url("/auth/sign-in?return_to=/books/" + i))
                            .status())
                    .isLessThan(500);
            assertThat(browser.cookies().get("gatehouse-flow")).hasSizeLessThan(3_500);
        }

        assertThat(STAGE.redis().keys()).isEmpty();
    }

    /** A bot that asks for HTML, a health check, a script, somebody who plays with our endpoints. */
    private static int status(int number) {
        Browser browser = new Browser().with("gatehouse", "A".repeat(43));
        return switch (number % 5) {
            case 0 -> browser.open(STAGE.url("/books/" + number)).status();
            case 1 ->
                browser.send("GET", STAGE.url("/public/x"), "", Map.of("User-Agent", "kube-probe/1.35"))
                        .status();
            case 2 -> browser.fetch("GET", STAGE.url("/api/books")).status();
            case 3 -> browser.open(STAGE.url("/auth/sign-in")).status();
            default ->
                browser.open(STAGE.url("/auth/callback?code=x&state=" + number)).status();
        };
    }
}
