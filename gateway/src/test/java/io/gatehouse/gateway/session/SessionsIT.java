package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.test.StepVerifier;

class SessionsIT {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final MutableClock clock = MutableClock.startingNow();
    private SessionParts replica;

    @BeforeEach
    void connect() {
        replica = new SessionParts(REDIS.url(), clock);
    }

    @AfterEach
    void disconnect() {
        replica.close();
    }

    @Test
    void requestWithoutCookieOrWithAForeignOneHasNoSession() {
        StepVerifier.create(replica.sessions.current(exchange(null))).verifyComplete();
        StepVerifier.create(replica.sessions.current(exchange("not-an-id"))).verifyComplete();
        assertThat(REDIS.keys()).isEmpty();
    }

    /** Prevents the class of GHSA-f24x-5g9q-753f: a session id from before the sign-in that is still good after it. */
    @Test
    void s34SignInGivesANewIdAndTheOldOneIsDead() {
        SessionId old = replica.begun();
        var exchange = exchange(old.value());

        BrowserSession begun = begin(exchange);
        replica.sessions.setCookie(exchange, begun);

        assertThat(begun.id()).isNotEqualTo(old);
        assertThat(exchange.getResponse().getCookies().getFirst("gatehouse").getValue())
                .isEqualTo(begun.id().value());
        StepVerifier.create(replica.store.find(old)).verifyComplete();
    }

    @Test
    void s34PlantedIdNeverBecomesASession() {
        SessionId planted = SessionId.random(replica.random);

        begin(exchange(planted.value()));

        StepVerifier.create(replica.store.find(planted)).verifyComplete();
    }

    @Test
    void everyRequestKeepsTheSessionAliveButOnlyNowAndThenCostsAWrite() {
        SessionId id = begin(exchange(null)).id();

        clock.advance(Duration.ofSeconds(59));
        replica.sessions.current(exchange(id.value())).block();
        assertThat(lastSeen(id)).isEqualTo(clock.instant().minusSeconds(59));

        clock.advance(Duration.ofSeconds(1));
        replica.sessions.current(exchange(id.value())).block();
        replica.touches.flush().block();
        assertThat(lastSeen(id)).isEqualTo(clock.instant());
    }

    @Test
    void lookingAtASessionDoesNotKeepItAliveAndExtendingItDoes() {
        SessionId id = begin(exchange(null)).id();
        clock.advance(Duration.ofMinutes(20));

        BrowserSession seen =
                replica.sessions.peek(exchange(id.value()).getRequest()).block();
        assertThat(replica.sessions.idleTimeLeft(seen)).isEqualTo(Duration.ofMinutes(10));

        BrowserSession extended =
                replica.sessions.extend(exchange(id.value()).getRequest()).block();
        assertThat(replica.sessions.idleTimeLeft(extended)).isEqualTo(Duration.ofMinutes(30));
        assertThat(replica.sessions.lifetimeLeft(extended))
                .isEqualTo(Duration.ofHours(10).minusMinutes(20));
    }

    @Test
    void sessionIsLookedUpOnceForARequest() {
        SessionId id = begin(exchange(null)).id();
        var exchange = exchange(id.value());
        replica.sessions.current(exchange).block();

        replica.store.delete(id).block();

        assertThat(replica.sessions.current(exchange).block()).isNotNull();
        assertThat(replica.sessions.current(exchange(id.value())).block()).isNull();
    }

    @Test
    void endedSessionIsGoneEverywhere() {
        BrowserSession session = begin(exchange(null));

        replica.sessions.end(session).block();

        StepVerifier.create(replica.sessions.newest(session)).verifyComplete();
        StepVerifier.create(replica.sessions.change(session, newest -> newest.with(newest.tokens())))
                .verifyComplete();
        assertThat(REDIS.sessions()).isEmpty();
    }

    @Test
    void sessionIsEndedOnlyIfNobodyHasChangedItMeanwhile() {
        BrowserSession session = begin(exchange(null));
        BrowserSession changed = replica.sessions
                .change(session, newest -> newest.with(TestSessions.tokens("newer")))
                .block();

        assertThat(replica.sessions.endUnchanged(session).block()).isFalse();
        assertThat(replica.sessions.newest(session).block().tokens().refreshToken())
                .isEqualTo("newer");
        assertThat(replica.sessions.endUnchanged(changed).block()).isTrue();
        assertThat(REDIS.sessions()).isEmpty();
    }

    @Test
    void sessionThatHasEndedIsNotMovedToANewId() {
        var repository = new WebSessionRepository(replica.store, replica.properties, replica.random, clock);
        SessionId id = begin(exchange(null)).id();
        AttributeSession session = repository.findById(id.value()).block();
        session.changeSessionId();
        replica.store.delete(id).block();

        StepVerifier.create(repository.save(session)).verifyComplete();

        assertThat(REDIS.sessions()).isEmpty();
    }

    @Test
    void attributesOfExtensionsLiveInTheSessionOfThePerson() {
        var repository = new WebSessionRepository(replica.store, replica.properties, replica.random, clock);
        SessionId id = begin(exchange(null)).id();
        AttributeSession session = repository.findById(id.value()).block();
        session.setAttribute("theme", "dark");
        session.setAttribute("list", List.of(1, "two"));

        repository.save(session).block();

        AttributeSession again = repository.findById(id.value()).block();
        assertThat(again.<String>getAttribute("theme")).isEqualTo("dark");
        assertThat(again.getAttributeNames()).containsExactlyInAnyOrder("theme", "list");
        assertThat(replica.store.find(id).block().identity()).isEqualTo(TestSessions.alice());
    }

    @Test
    void attributeForAnAnonymousBrowserIsRefusedAndNothingIsStored() {
        var repository = new WebSessionRepository(replica.store, replica.properties, replica.random, clock);
        AttributeSession session = repository.createSession().block();

        StepVerifier.create(repository.save(session)).verifyComplete();
        session.setAttribute("cart", 1);
        StepVerifier.create(repository.save(session)).verifyError(IllegalStateException.class);

        assertThat(REDIS.sessions()).isEmpty();
    }

    @Test
    void changedIdKeepsTheSessionAndKillsTheOldId() {
        var repository = new WebSessionRepository(replica.store, replica.properties, replica.random, clock);
        SessionId id = begin(exchange(null)).id();
        AttributeSession session = repository.findById(id.value()).block();

        session.changeSessionId();
        repository.save(session).block();

        assertThat(repository.findById(id.value()).block()).isNull();
        assertThat(repository.findById(session.getId()).block()).isNotNull();
    }

    /** Prevents the class of CVE-2023-20862. */
    @Test
    void s45LateSaveDoesNotReviveASessionThatHasEnded() {
        var repository = new WebSessionRepository(replica.store, replica.properties, replica.random, clock);
        SessionId id = begin(exchange(null)).id();
        AttributeSession session = repository.findById(id.value()).block();
        session.setAttribute("theme", "dark");
        repository.deleteById(id.value()).block();

        StepVerifier.create(repository.save(session)).verifyComplete();

        assertThat(REDIS.sessions()).isEmpty();
    }

    private BrowserSession begin(MockServerWebExchange exchange) {
        return replica.sessions
                .begin(exchange.getRequest(), TestSessions.alice(), TestSessions.tokens("refresh"), clock.instant())
                .block();
    }

    private Instant lastSeen(SessionId id) {
        return replica.store.find(id).block().meta().lastSeenAt();
    }

    private static MockServerWebExchange exchange(String cookie) {
        var request = MockServerHttpRequest.get("/");
        return MockServerWebExchange.from(
                cookie == null ? request : request.cookie(new HttpCookie("gatehouse", cookie)));
    }
}
