package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

        STAGE.logto().control("DELETE", "faults", "");
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void revokedGrantEndsTheSession() {
        STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");

        Answer answer = call();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("session-ended", "signInUrl");
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":session:"));
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(browser.open(STAGE.url("/api/books")).location().toString())
                .startsWith(STAGE.logto().issuer());
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
