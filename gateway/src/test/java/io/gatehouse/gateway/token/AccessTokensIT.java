package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class AccessTokensIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @BeforeEach
    void signIn() {
        STAGE.signInAsAlice(browser);
    }

    @Test
    void tokenIsFetchedWhenItIsFirstNeededAndThenKept() {
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isZero();

        for (int i = 0; i < 3; i++) {
            assertThat(call().status()).isEqualTo(200);
        }

        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(1);
        assertThat(STAGE.upstream().received())
                .extracting(received -> received.headers().get("Authorization"))
                .hasSize(3)
                .containsOnly(STAGE.upstream().received().getFirst().headers().get("Authorization"));
    }

    @Test
    void requestsThatComeAtOnceShareOneRefresh() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"latency\",\"delay\":\"500ms\"}");

        List<CompletableFuture<Answer>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::call, Thread::startVirtualThread))
                .limit(50)
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(1);
    }

    @Test
    void dueTokenIsReplacedAndARotatedRefreshTokenIsKept() {
        STAGE.logto().control("PATCH", "lifetimes", "{\"rotation-threshold\":0}");
        tokensLiveTenMinutes();

        for (int i = 0; i < 3; i++) {
            assertThat(call().status()).isEqualTo(200);
            STAGE.advance(Duration.ofSeconds(570));
        }

        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(3);
        assertThat(STAGE.upstream().received())
                .extracting(received -> received.headers().get("Authorization"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'status','status':503",
                "'kind':'status','status':500,'contentType':'application/json','body':'{\\\"error\\\":\\\"invalid_grant\\\"}'",
                "'kind':'oauth-error','status':401,'error':'invalid_client'",
                "'kind':'oauth-error','status':400,'error':'temporarily_unavailable'",
                "'kind':'status','status':403,'contentType':'text/html','body':'blocked'",
                "'kind':'status','status':429",
                "'kind':'reset'",
                "'kind':'status','status':200,'contentType':'text/html','body':'maintenance'"
            })
    void idpThatDoesNotAnswerTakesNothingAwayFromAValidToken(String fault) {
        tokensLiveTenMinutes();
        assertThat(call().status()).isEqualTo(200);
        STAGE.logto().fault(("{'endpoint':'token'," + fault + "}").replace('\'', '"'));

        STAGE.advance(Duration.ofSeconds(570));
        assertThat(call().status()).isEqualTo(200);
        STAGE.advance(Duration.ofSeconds(60));
        assertThat(call().status()).isEqualTo(503);

        STAGE.logto().clearFaults();
        STAGE.advance(Duration.ofSeconds(1));
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void idpInTroubleIsAskedOnceASecondAtMostForSomebodyWithoutAValidToken() {
        tokensLiveTenMinutes();
        assertThat(call().status()).isEqualTo(200);
        STAGE.advance(Duration.ofSeconds(601));
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"oauth-error\",\"error\":\"invalid_client\"}");
        STAGE.logto().forgetCalls();

        for (int second = 0; second < 3; second++) {
            assertThat(call().status()).isEqualTo(503);
            assertThat(call().status()).isEqualTo(503);
            STAGE.advance(Duration.ofSeconds(1));
        }

        assertThat(STAGE.logto().refreshes()).hasSize(3);
    }

    @Test
    void idpThatHangsHoldsNobodyUpWhoHasAValidToken() {
        tokensLiveTenMinutes();
        call();
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"latency\",\"delay\":\"20s\"}");
        STAGE.advance(Duration.ofSeconds(570));
        long start = System.nanoTime();

        assertThat(call().status()).isEqualTo(200);

        // A request without a valid token would wait for ten seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void revokedGrantEndsTheSession() {
        STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");

        Answer answer = call();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("session-ended", "signInUrl");
        assertThat(STAGE.redis().sessions()).isEmpty();
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(browser.open(STAGE.url("/api/books")).location().toString())
                .startsWith(STAGE.logto().issuer());
    }

    @Test
    void refusalOfARefreshTokenThatAnotherReplicaHasReplacedEndsNothing() {
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"latency\",\"delay\":\"1500ms\",\"count\":1}");
        STAGE.logto()
                .fault(
                        "{\"endpoint\":\"token\",\"kind\":\"oauth-error\",\"status\":400,\"error\":\"invalid_grant\",\"count\":1}");

        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(this::call, Thread::startVirtualThread);
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        changeSession();

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(2);
    }

    @Test
    void tokenForSomebodyElseIsRefused() {
        STAGE.logto()
                .fault(
                        "{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":200,\"contentType\":\"application/json\","
                            + "\"body\":\"" + tokenOf("somebody-else") + "\"}");

        Answer answer = call();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("token-refused");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void refusalWith403ConcernsTheRouteAndNotTheSession() {
        STAGE.logto()
                .fault("{\"endpoint\":\"token\",\"kind\":\"oauth-error\",\"status\":403,\"error\":\"access_denied\"}");

        assertThat(call().status()).isEqualTo(403);
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
    }

    /** Logto rotates before it looks at the resource, so a refusal alone would cost the refresh token. */
    @Test
    void refusalIsFollowedByARefreshForSomethingThatIsNotRefused() {
        STAGE.logto().rotateAlways();
        STAGE.logto()
                .fault(
                        "{\"endpoint\":\"token\",\"kind\":\"oauth-error\",\"status\":400,\"error\":\"invalid_target\",\"count\":1}");

        assertThat(call().status()).isEqualTo(403);
        assertThat(refreshedResources()).containsExactly("[\"https://api.bookstore.local\"]", "[]");
        assertThat(call().status()).isEqualTo(403);
        assertThat(refreshedResources()).hasSize(2);

        STAGE.advance(Duration.ofSeconds(5));
        assertThat(call().status()).isEqualTo(200);
        assertThat(STAGE.logto().grants("alice")).isEqualTo(1);
    }

    private static List<String> refreshedResources() {
        return STAGE.logto()
                .control("GET", "calls", "")
                .path("calls")
                .valueStream()
                .filter(call -> call.path("grantType").asString().equals("refresh_token"))
                .sorted(Comparator.comparing(call -> call.path("at").asString()))
                .map(call -> call.path("resource").toString())
                .toList();
    }

    @Test
    void roleThatIsTakenAwayIsGoneWithTheNextRefresh() {
        tokensLiveTenMinutes();
        call();
        STAGE.logto().control("PATCH", "users/alice", "{\"roles\":[]}");
        STAGE.advance(Duration.ofSeconds(570));

        call();

        assertThat(STAGE.upstream().received())
                .extracting(received -> scopes(received.headers().get("Authorization")))
                .containsExactly("read:books write:books", "");
    }

    /** A token response as the emulator would be told to send it: quotes escaped once more. */
    private static String tokenOf(String subject) {
        String header = base64("{\"alg\":\"ES384\",\"typ\":\"at+jwt\"}");
        String claims =
                base64("{\"sub\":\"" + subject + "\",\"aud\":\"" + TestSessions.RESOURCE + "\",\"exp\":4102444800}");
        return "{'access_token':'%s.%s.%s','token_type':'Bearer','expires_in':3600}"
                .formatted(header, claims, base64("signature"))
                .replace("'", "\\\"");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As another replica would. */
    private void changeSession() {
        Sessions sessions = STAGE.gateway().bean(Sessions.class);
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", browser.cookies().get("gatehouse")))
                .build();
        sessions.peek(request)
                .flatMap(session -> sessions.change(session, newest -> newest.with(newest.tokens())))
                .block();
    }

    private static String scopes(String authorization) {
        try {
            return SignedJWT.parse(authorization.substring("Bearer ".length()))
                    .getJWTClaimsSet()
                    .getStringClaim("scope");
        } catch (ParseException notAJwt) {
            throw new IllegalArgumentException(notAJwt);
        }
    }

    private static void tokensLiveTenMinutes() {
        STAGE.logto()
                .control(
                        "POST",
                        "resources",
                        "{\"indicator\":\"https://api.bookstore.local\",\"accessTokenTtl\":\"10m\"}");
    }

    private Answer call() {
        return browser.fetch("GET", STAGE.url("/api/books"));
    }
}
