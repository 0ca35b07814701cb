package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SessionLimitIT {

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final Identity ALICE = TestSessions.alice();
    private static final Identity BOB = new Identity(ALICE.issuer(), "bob", null, Map.of());

    private final MutableClock clock = MutableClock.startingNow();

    @Test
    void oldestSessionMakesRoomForANewOne() {
        try (SessionParts replica = replica(2, SessionProperties.AtMaximum.END_OLDEST)) {
            BrowserSession first = begin(replica, ALICE).block();
            BrowserSession second = begin(replica, ALICE).block();
            BrowserSession others = begin(replica, BOB).block();
            BrowserSession third = begin(replica, ALICE).block();

            assertThat(replica.sessions.newest(first).block()).isNull();
            assertThat(Stream.of(second, third, others))
                    .allMatch(session -> replica.sessions.newest(session).block() != null);
        }
    }

    @Test
    void nobodySignsInBeyondTheLimit() {
        try (SessionParts replica = replica(2, SessionProperties.AtMaximum.REFUSE_NEW)) {
            BrowserSession first = begin(replica, ALICE).block();
            BrowserSession second = begin(replica, ALICE).block();

            StepVerifier.create(begin(replica, ALICE))
                    .verifyErrorMatches(failure ->
                            failure instanceof GatewayException named && named.type() == ProblemType.TOO_MANY_SESSIONS);
            assertThat(Stream.of(first, second))
                    .allMatch(session -> replica.sessions.newest(session).block() != null);
            assertThat(REDIS.sessions()).hasSize(2);
        }
    }

    @Test
    void sessionsThatAreOverLeaveRoom() {
        try (SessionParts replica = replica(1, SessionProperties.AtMaximum.REFUSE_NEW)) {
            BrowserSession ended = begin(replica, ALICE).block();
            replica.sessions.end(ended).block();
            begin(replica, ALICE).block();
            clock.advance(Duration.ofMinutes(30));

            assertThat(begin(replica, ALICE).block()).isNotNull();
        }
    }

    private SessionParts replica(int maxPerUser, SessionProperties.AtMaximum atMaximum) {
        return new SessionParts(
                SessionParts.connections(REDIS.url(), null), clock, SessionParts.limited(maxPerUser, atMaximum));
    }

    private Mono<BrowserSession> begin(SessionParts replica, Identity who) {
        clock.advance(Duration.ofSeconds(1));
        var request = MockServerHttpRequest.get("/").build();
        return replica.sessions.begin(request, who, TestSessions.tokens("refresh"), clock.instant());
    }
}
