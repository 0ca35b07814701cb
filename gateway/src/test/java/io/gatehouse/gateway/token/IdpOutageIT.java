package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Line;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logto is away for ten minutes, in which the access tokens expire that are due when it goes. */
class IdpOutageIT {

    /** For what needs nobody but the gateway, on a machine that is busy. */
    private static final Duration AT_ONCE = Duration.ofMillis(800);

    private static final Duration A_SECOND = Duration.ofMillis(1800);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Line LINE = new Line();

    @RegisterExtension
    @Order(1)
    static final Stage STAGE = new Stage(Map.of("gatehouse.token.patience", PATIENCE.toSeconds() + "s"));

    static {
        STAGE.logto().behind(LINE);
    }

    /** How it is away. */
    enum Outage {
        REFUSES {
            @Override
            void begin() {
                LINE.cut();
            }
        },
        IS_SILENT {
            @Override
            void begin() {
                LINE.silence();
            }
        },
        ANSWERS_503 {
            @Override
            void begin() {
                List.of("discovery", "jwks", "token", "revocation", "userinfo")
                        .forEach(endpoint -> STAGE.logto()
                                .fault("{\"endpoint\":\"%s\",\"kind\":\"status\",\"status\":503}".formatted(endpoint)));
            }
        };

        abstract void begin();
    }

    private Person person;

    private Person leaving;

    private Person leavingLater;

    private Outage outage = Outage.REFUSES;

    @BeforeEach
    void signIn() {
        STAGE.logto().rotateAlways();
        STAGE.logto().accessTokensLive(Age.LIFETIME);
        person = Person.signedIn(STAGE);
        leaving = Person.signedIn(STAGE);
        leavingLater = Person.signedIn(STAGE);
        assertThat(person.call().status()).isEqualTo(200);
    }

    @AfterEach
    void end() {
        STAGE.logto().clearFaults();
        LINE.restore();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsSignedOutByAnOutage(Outage kind) {
        outage = kind;
        STAGE.advance(Age.DUE.passed());
        outage.begin();

        verifyWhileTokensAreValid();
        verifyWithoutToken(leaving);
        STAGE.advance(Duration.ofMinutes(2));
        verifyWhileTokensAreExpired();
        STAGE.advance(Duration.ofMinutes(8));
        verifyWhileTokensAreExpired();
        verifyWithoutToken(leavingLater);
        end();

        STAGE.advance(Duration.ofSeconds(1));
        await().atMost(Duration.ofSeconds(5)).until(() -> person.call().status() == 200);
        STAGE.advance(Age.DUE.passed());
        assertThat(person.call().status()).isEqualTo(200);
        assertThat(STAGE.redis().sessions()).hasSize(1);
    }

    /** One of them waits for a second, and nobody else for the next five. */
    private void verifyWhileTokensAreValid() {
        for (int i = 0; i < 2; i++) {
            answer("due access token, first request", A_SECOND, person::call, 200);
            answer("due access token, next request", AT_ONCE, person::call, 200);
            STAGE.advance(Duration.ofSeconds(4));
            answer("due access token, 4 s later", AT_ONCE, person::call, 200);
            STAGE.advance(Duration.ofSeconds(2));
        }
    }

    private void verifyWhileTokensAreExpired() {
        Answer answer = answer("expired access token", PATIENCE.plus(AT_ONCE), person::call, 503);

        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(person.session()).isPresent();
    }

    private void verifyWithoutToken(Person gone) {
        answer("route without access token", AT_ONCE, () -> person.browser().open(STAGE.url("/books")), 200);
        answer("who am I", AT_ONCE, () -> person.browser().fetch("GET", STAGE.url("/auth/session")), 200);
        Answer toLogto = answer("somebody who signs in", AT_ONCE, () -> new Browser().open(STAGE.url("/books")), 302);
        assertThat(toLogto.location().toString()).startsWith(STAGE.logto().issuer());
        answer(
                "sign-out",
                // The revocation is given two seconds.
                Duration.ofSeconds(2).plus(AT_ONCE),
                () -> gone.browser().submit(STAGE.url("/auth/sign-out"), Map.of()),
                303);
        assertThat(gone.session()).isEmpty();
    }

    private Answer answer(String what, Duration longest, Supplier<Answer> request, int status) {
        long start = System.nanoTime();
        Answer answer = request.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                "| %s | %s | %d%s | %,d ms |%n",
                outage,
                what,
                answer.status(),
                answer.header("Retry-After")
                        .map(after -> ", Retry-After: " + after)
                        .orElse(""),
                took.toMillis());
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(took).as(what).isLessThan(longest);
        return answer;
    }
}
