package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;

/** What has to be so after every sign-in that is not believed. */
final class Rejections {

    private Rejections() {}

    /** A page a person can act on, no session anywhere, and nobody asked anything more. */
    static void assertRejected(Stage stage, Browser browser, Answer answer, String problem) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.body())
                .contains(
                        problem,
                        "href=\"/auth/sign-in?return_to=",
                        "Sign in again",
                        answer.header("X-Correlation-Id").orElseThrow());
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        // Ends that were announced in an earlier test may be repeated.
        assertThat(stage.redis().keys()).allMatch(key -> key.contains(":once:") || key.contains(":ended:"));
        assertThat(stage.logto().calls("userinfo")).isZero();
        assertThat(stage.logto().calls("token")).isLessThanOrEqualTo(1);
        assertThat(stage.upstream().received()).isEmpty();
    }
}
