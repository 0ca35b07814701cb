package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import java.io.UncheckedIOException;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is open for an API client's token does not outlive it for long. */
class BearerEndIT {

    /** A token is good for a minute after its expiry, and then something that is open has a second to finish. */
    private static final int SECONDS_AFTER_EXPIRY = 58;

    @RegisterExtension
    static final EndlessUpstream UPSTREAM = new EndlessUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[4].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[4].bearer.audience",
            TestSessions.RESOURCE));

    private static final ApiClient CLIENT = new ApiClient(STAGE);

    @Test
    void answerThatHasNotBegunIsAProblemWithTheToken() {
        Answer answer = CLIENT.get("/x/delay/9000", almostOver());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("token-invalid").doesNotContain("signInUrl");
    }

    @Test
    @Timeout(20)
    void eventStreamIsBrokenOffAndSaysNothingOfASignIn() {
        String token = almostOver();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> CLIENT.get("/x/events", token));
        Awaitility.await().until(() -> !UPSTREAM.ended().isEmpty());
    }

    @Test
    void webSocketIsClosed() {
        String authorization = "Authorization: Bearer " + almostOver() + "\r\n";

        try (RawSocket client = RawSocket.open(STAGE.url(""), "/x/socket", authorization)) {
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            assertThat(client.receive()).isEqualTo(Frame.close(4401, "session ended"));
        }
    }

    @Test
    void answerThatComesInTimeIsWhole() {
        Answer answer = CLIENT.get("/x/delay/500", almostOver());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("late");
    }

    private static String almostOver() {
        long now = STAGE.gateway().clock().instant().getEpochSecond();
        return CLIENT.tokenWith("'exp':" + (now - SECONDS_AFTER_EXPIRY));
    }
}
