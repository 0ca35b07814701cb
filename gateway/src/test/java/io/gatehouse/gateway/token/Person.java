package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** Alice, signed in on a stage, and what the gateway has of her. */
record Person(Stage stage, Browser browser) {

    static Person signedIn(Stage stage) {
        Person person = new Person(stage, new Browser());
        stage.signInAsAlice(person.browser);
        return person;
    }

    String sessionId() {
        return browser.cookies().get("gatehouse");
    }

    String cookie() {
        return "gatehouse=" + sessionId();
    }

    /** Asks for a page whose upstream gets an access token. */
    Browser.Answer call() {
        return call(stage.gateway());
    }

    Browser.Answer call(TestGateway replica) {
        return browser.fetch("GET", replica.url() + "/api/books");
    }

    /** Her session as Redis has it. Empty if it has ended. */
    Optional<BrowserSession> session() {
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", sessionId()))
                .build();
        Sessions sessions = stage.gateway().bean(Sessions.class);
        return sessions.peek(request).flatMap(sessions::newest).blockOptional();
    }

    /** Her access token for the Bookstore, whatever its state. Blank if there is none. */
    String accessToken() {
        return session()
                .flatMap(session -> session.tokens().access(TestSessions.RESOURCE))
                .map(AccessToken::value)
                .orElse("");
    }

    String refreshToken() {
        return session().map(session -> session.tokens().refreshToken()).orElse("");
    }

    /** Waits until there is another access token than this. */
    void awaitAnotherThan(String accessToken) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(accessToken()).isNotBlank().isNotEqualTo(accessToken));
    }

    /** Changes what else is in her session, as a replica does that has nothing to do with her tokens. */
    void change(TestGateway replica) {
        session()
                .ifPresent(session -> replica.bean(Sessions.class)
                        .change(session, newest -> newest.with(newest.tokens()))
                        .block());
    }

    /** When an access token that came to the upstream expires. */
    static Instant expiry(String authorization) {
        try {
            return SignedJWT.parse(authorization.substring("Bearer ".length()))
                    .getJWTClaimsSet()
                    .getExpirationTime()
                    .toInstant();
        } catch (ParseException notAJwt) {
            throw new IllegalArgumentException(notAJwt);
        }
    }
}
