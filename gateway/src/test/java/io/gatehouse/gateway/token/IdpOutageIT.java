package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Line;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The IdP is down for ten minutes. What each request gets is printed as a table. */
class IdpOutageIT {

    private static final Line LINE = new Line();
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.token.patience", "2s"));

    static {
        STAGE.logto().behind(LINE);
    }

    private enum Outage {
        REFUSED,
        SILENT,
        UNAVAILABLE;

        void begin() {
            switch (this) {
                case REFUSED -> LINE.cut();
                case SILENT -> LINE.silence();
                case UNAVAILABLE ->
                    List.of("discovery", "jwks", "token", "userinfo", "revocation")
                            .forEach(endpoint -> STAGE.logto()
                                    .fault("{\"endpoint\":\"" + endpoint + "\",\"kind\":\"status\",\"status\":503}"));
            }
        }
    }

    private final Browser alice = new Browser();
    private final Browser stranger = new Browser();
    private final List<String> table = new ArrayList<>();

    @AfterEach
    void mend() {
        LINE.restore();
        STAGE.logto().clearFaults();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsSignedOutByAnIdpThatIsDown(Outage outage) {
        STAGE.logto().accessTokensLive(LIFETIME);
        STAGE.signInAsAlice(alice);
        assertThat(alice.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
        outage.begin();

        row("0:00", "token fresh", "a route with an access token", 200, api());
        STAGE.advance(Duration.ofSeconds(565));
        row("9:25", "token due", "the same", 200, api());
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            row("9:25", "token due", "the same again", 200, api());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        }
        STAGE.advance(Duration.ofSeconds(40));
        Answer refused = api();
        row("10:05", "token expired", "the same", 503, refused);
        assertThat(refused.header("Retry-After")).contains("5");
        assertThat(refused.header("Set-Cookie")).isEmpty();
        row("10:05", "token expired", "a route without a token", 200, alice.fetch("GET", STAGE.url("/books")));
        row("10:05", "token expired", "GET /auth/session", 200, alice.fetch("GET", STAGE.url("/auth/session")));
        row("10:05", "no session", "a public route", 200, stranger.fetch("GET", STAGE.url("/public/x")));
        row("10:05", "no session", "a page that needs a sign-in", 302, stranger.open(STAGE.url("/books")));
        mend();

        row("10:05", "IdP back", "a route with an access token", 200, api());
        assertThat(STAGE.redis().sessions()).hasSize(1);
        System.out.println("IdP " + outage + " for ten minutes:\n" + String.join("\n", table));
    }

    private Answer api() {
        return alice.fetch("GET", STAGE.url("/api/books"));
    }

    private void row(String time, String state, String request, int expected, Answer answer) {
        String line = "| %s | %s | %s | %d |".formatted(time, state, request, answer.status());
        if (!table.contains(line)) {
            table.add(line);
        }
        assertThat(answer.status()).as(line).isEqualTo(expected);
    }
}
