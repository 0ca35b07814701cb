package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that refuses a token, such as after a rotation of keys it has not heard of. */
class RefusedTokenIT {

    private static final String INVALID = "Bearer realm=\"books\", error=\"invalid_token\", error_description=\"kid\"";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.relay.assertion-keys", TestKeys.assertionPair(),
            "gatehouse.routes[2].relay.headers[0]", "roles",
            "gatehouse.routes[2].relay.assertion", "true"));

    private final Browser browser = new Browser();
    private String first = "";

    @BeforeEach
    void haveAToken() {
        STAGE.signInAsAlice(browser);
        browser.fetch("GET", STAGE.url("/api/books"));
        first = STAGE.upstream().single().headers().get("Authorization");
        STAGE.upstream().forget();
        STAGE.advance(Duration.ofSeconds(10));
    }

    @Test
    void browserSeesNothingOfARefusedToken() {
        STAGE.upstream().refuse(first::equals, INVALID);

        Answer answer = browser.fetch("GET", STAGE.url("/api/books?page=2"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("upstream");
        assertThat(answer.header("X-Refused")).isEmpty();
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(received("Authorization")).hasSize(2).doesNotHaveDuplicates().startsWith(first);
        assertThat(STAGE.upstream().received()).extracting(Received::uri).containsOnly("/api/books?page=2");
        assertThat(received("X-Correlation-Id")).doesNotContainNull();
        assertThat(refreshes()).isEqualTo(2);
    }

    /** The token may have been refused because of what has changed. */
    @Test
    void everythingElseThatIsToldIsToldAnew() {
        STAGE.upstream().refuse(first::equals, INVALID);
        STAGE.logto().control("PATCH", "users/alice", "{\"roles\":[]}");

        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);

        assertThat(received("X-Auth-Roles")).containsExactly("bookseller", null);
        assertThat(received("X-Gatehouse-Assertion")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void tokenIsReplacedOnceForAllWhoHadIt() {
        STAGE.upstream().refuse(first::equals, INVALID);

        List<CompletableFuture<Answer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> browser.fetch("GET", STAGE.url("/api/books")), Thread::startVirtualThread))
                .limit(50)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(refreshes()).isEqualTo(2);
    }

    @Test
    void upstreamThatRefusesEverythingIsNotAskedForEver() {
        STAGE.upstream().refuse(token -> !token.isEmpty(), INVALID);

        for (int i = 0; i < 5; i++) {
            Answer answer = browser.fetch("GET", STAGE.url("/api/books"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("refused");
            assertThat(answer.header("X-Refused")).contains("yes");
        }

        assertThat(refreshes()).isEqualTo(2);
        STAGE.advance(Duration.ofSeconds(10));
        browser.fetch("GET", STAGE.url("/api/books"));
        assertThat(refreshes()).isEqualTo(3);
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"PUT, {\"title\":\"Alice\"}, 200", "DELETE, x, 200", "POST, {\"title\":\"Alice\"}, 401", "POST, '', 200"
    })
    void requestIsRepeatedIfItsBodyCanBe(String method, String body, int status) {
        STAGE.upstream().refuse(first::equals, INVALID);

        Answer answer = send(method, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(STAGE.upstream().received()).extracting(Received::body).containsOnly(body);
        assertThat(STAGE.upstream().received()).hasSize(status == 200 ? 2 : 1);
    }

    @Test
    void bodyThatIsLongIsNotKept() {
        STAGE.upstream().refuse(first::equals, INVALID);

        assertThat(send("PUT", "x".repeat(64 * 1024)).status()).isEqualTo(200);
        STAGE.advance(Duration.ofMinutes(1));
        STAGE.upstream().refuse(token -> true, INVALID);
        long before = refreshes();
        assertThat(send("PUT", "x".repeat(64 * 1024 + 1)).status()).isEqualTo(401);
        assertThat(refreshes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer error=\"insufficient_scope\"",
                "Basic realm=\"x\"",
                "Bearer error=\"invalid_token_or_so\"",
                "Basic realm=\"Bearer error=invalid_tokens\""
            })
    void anyOther401IsTheBrowsers(String challenge) {
        STAGE.upstream().refuse(token -> true, challenge);

        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(401);

        assertThat(STAGE.upstream().received()).hasSize(1);
        assertThat(refreshes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer error=invalid_token",
                "Bearer error=\"invalid_token\"",
                "Basic realm=\"x\", Bearer realm=\"a\", error=\"invalid_token\"",
                "Bearer realm=\"a b\" , error = \"invalid_token\""
            })
    void challengeMayBeWrittenInManyWays(String challenge) {
        STAGE.upstream().refuse(first::equals, challenge);

        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
    }

    @Test
    void idpThatIsDownLeavesTheAnswerOfTheUpstream() {
        STAGE.upstream().refuse(first::equals, INVALID);
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503}");

        Answer answer = browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("refused");
    }

    @Test
    void sessionThatIsOverEnds() {
        STAGE.upstream().refuse(first::equals, INVALID);
        STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");

        Answer answer = browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("session-ended");
        assertThat(answer.header("X-Refused")).isEmpty();
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    private Answer send(String method, String body) {
        return browser.send(
                method,
                STAGE.url("/api/books"),
                body,
                Map.of("Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"));
    }

    private static List<String> received(String header) {
        return STAGE.upstream().received().stream()
                .map(received -> received.headers().get(header))
                .toList();
    }

    private static long refreshes() {
        return STAGE.logto().tokenCalls("refresh_token");
    }
}
