package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.LiveClient;
import io.gatehouse.gateway.fixture.LiveClient.Socket;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The IdP is asked at intervals, on routes that need no token. */
class UserinfoChecksIT {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @RegisterExtension
    static final EndlessUpstream UPSTREAM = new EndlessUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.token.userinfo-interval", INTERVAL.toString(), "gatehouse.routes[4].upstream", UPSTREAM.url()));

    private final Browser browser = new Browser();

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    @BeforeEach
    void signIn() {
        STAGE.signInAsAlice(browser);
    }

    @Test
    void nobodyAsksBeforeItsTime() {
        STAGE.advance(INTERVAL.minusSeconds(1));

        assertThat(call().status()).isEqualTo(200);

        assertThat(STAGE.logto().calls("userinfo")).isZero();
        assertThat(refreshes()).isZero();
    }

    @Test
    void refreshConfirmsAndThenUserinfoUntilTheTokenExpires() {
        for (int interval = 0; interval < 12; interval++) {
            STAGE.advance(INTERVAL);
            assertThat(call().status()).isEqualTo(200);
            assertThat(call().status()).isEqualTo(200);
        }

        assertThat(refreshes()).isEqualTo(1);
        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(11);

        STAGE.advance(INTERVAL);
        assertThat(call().status()).isEqualTo(200);
        assertThat(refreshes()).isEqualTo(2);
        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(11);
    }

    /** {@code oidcc-client-test-userinfo-bearer-header} and {@code -body}: in the header, and in no other place. */
    @Test
    void r11r12TokenIsSentInTheHeaderAndNowhereElse() {
        askAgain();

        assertThat(call().status()).isEqualTo(200);

        assertThat(STAGE.logto().control("GET", "calls", "").path("calls").valueStream())
                .filteredOn(it -> it.path("endpoint").asString().equals("userinfo"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path("method").asString()).isEqualTo("GET");
                    assertThat(it.path("parameters")).isEmpty();
                    assertThat(it.path("status").asInt()).isEqualTo(200);
                });
    }

    /**
     * {@code oidcc-client-test-userinfo-invalid-sub}: at a sign-in nobody asks, and later nothing that is answered says
     * who somebody is (OpenID Connect Core 1.0, section 5.3.2).
     */
    @Test
    void r13SubjectOfAnotherPersonChangesNothing() {
        String before = shown();
        askAgain();
        userinfo("'kind':'response-field','name':'sub','edit':'replace','value':'somebody-else'");
        userinfo("'kind':'response-field','name':'name','edit':'replace','value':'Mallory'");
        userinfo("'kind':'response-field','name':'roles','edit':'replace','value':['admin']");

        assertThat(call().status()).isEqualTo(200);

        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(1);
        assertThat(shown()).isEqualTo(before).contains("Alice Liddell");
    }

    /** {@code oidcc-client-test-userinfo-signed}, here unsigned and nonsense as well: nothing of it is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {"eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5IiwibmFtZSI6Ik1hbGxvcnkifQ.", "a.b.c", "{\"sub\":", ""})
    void r41SignedAnswerIsNotRead(String body) {
        String before = shown();
        askAgain();
        STAGE.logto()
                .fault("{\"endpoint\":\"userinfo\",\"kind\":\"status\",\"status\":200,"
                        + "\"contentType\":\"application/jwt\",\"body\":\"" + body.replace("\"", "\\\"") + "\"}");

        assertThat(call().status()).isEqualTo(200);

        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(1);
        assertThat(shown()).isEqualTo(before);
    }

    /** {@code oidcc-client-test-distributed-claims} and {@code -aggregated-claims}. */
    @Test
    void r41SourcesOfFurtherClaimsAreNotFetched() {
        String before = shown();
        askAgain();
        userinfo("'kind':'response-field','name':'_claim_names','edit':'replace','value':{'roles':'far'}");
        userinfo("'kind':'response-field','name':'_claim_sources','edit':'replace','value':{'far':{'endpoint':'"
                + STAGE.upstream().url() + "/claims','access_token':'x'}}");

        assertThat(call().status()).isEqualTo(200);

        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(1);
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(shown()).isEqualTo(before);
    }

    private void askAgain() {
        checkedOnce();
        STAGE.advance(INTERVAL);
    }

    /** All but the time that is left. */
    private String shown() {
        return browser.fetch("GET", STAGE.url("/auth/session"))
                .body()
                .replaceAll("\"(idle|absolute)Seconds\":\\d+", "");
    }

    private static void userinfo(String fault) {
        STAGE.logto().fault(("{'endpoint':'userinfo'," + fault + "}").replace('\'', '"'));
    }

    @Test
    void requestsThatComeAtOnceAskOnce() {
        checkedOnce();
        STAGE.advance(INTERVAL);
        STAGE.logto().fault("{\"endpoint\":\"userinfo\",\"kind\":\"latency\",\"delay\":\"300ms\"}");

        List<CompletableFuture<Answer>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::call, Thread::startVirtualThread))
                .limit(30)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(1);
    }

    @Test
    void suspendedPersonIsSignedOutAndNobodyElse() {
        Browser bob = new Browser();
        STAGE.signIn(bob, "bob", "Builder-42!!");
        checkedOnce();
        suspend();
        STAGE.advance(INTERVAL);

        assertThat(call().status()).isEqualTo(401);

        assertThat(audit.events("session ended")).hasSize(1).allMatch(event -> event.contains("session-ended"));
        assertThat(bob.fetch("GET", STAGE.url("/x/delay/0")).status()).isEqualTo(200);
        assertThat(STAGE.redis().sessions()).hasSize(1);
    }

    @Test
    void whatIsOpenForASuspendedPersonIsClosed() throws Exception {
        Socket socket = new LiveClient(STAGE.url(""), browser.cookies().get("gatehouse")).socket("/x/socket");
        suspend();

        STAGE.advance(INTERVAL);

        await().until(() -> !socket.isOpen());
        assertThat(socket.close()).isEqualTo("4401 session ended");
    }

    @Test
    void tokenThatIsGoneForOtherReasonsEndsNothing() {
        checkedOnce();
        STAGE.logto().fault("{\"endpoint\":\"userinfo\",\"kind\":\"status\",\"status\":401,\"count\":1}");
        STAGE.advance(INTERVAL);

        assertThat(call().status()).isEqualTo(200);
        assertThat(refreshes()).isEqualTo(2);
        STAGE.advance(INTERVAL);
        assertThat(call().status()).isEqualTo(200);
        assertThat(refreshes()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'kind':'status','status':503", "'kind':'status','status':403", "'kind':'reset'"})
    void idpThatDoesNotAnswerEndsNothingAndIsAskedAgainAnIntervalLater(String fault) {
        checkedOnce();
        STAGE.logto().fault(("{'endpoint':'userinfo'," + fault + "}").replace('\'', '"'));
        STAGE.advance(INTERVAL);
        long before = STAGE.logto().calls("userinfo");

        assertThat(call().status()).isEqualTo(200);
        assertThat(call().status()).isEqualTo(200);
        assertThat(STAGE.logto().calls("userinfo")).isEqualTo(before + 1);

        STAGE.logto().control("DELETE", "faults", "");
        suspend();
        STAGE.advance(INTERVAL);
        assertThat(call().status()).isEqualTo(401);
    }

    @Test
    void idpThatHangsHoldsARequestUpForASecondAndItsAnswerCountsForTheNext() {
        checkedOnce();
        STAGE.logto().fault("{\"endpoint\":\"userinfo\",\"kind\":\"latency\",\"delay\":\"2500ms\"}");
        suspend();
        STAGE.advance(INTERVAL);

        assertThat(call().status()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(call().status()).isEqualTo(401));
    }

    private void checkedOnce() {
        STAGE.advance(INTERVAL);
        assertThat(call().status()).isEqualTo(200);
        assertThat(refreshes()).isEqualTo(1);
    }

    private void suspend() {
        STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");
    }

    private Answer call() {
        return browser.fetch("GET", STAGE.url("/x/delay/0"));
    }

    private static long refreshes() {
        return STAGE.logto().tokenCalls("refresh_token");
    }
}
