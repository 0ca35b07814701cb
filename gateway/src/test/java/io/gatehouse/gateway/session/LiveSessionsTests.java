package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveSessionsTests {

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LIFETIME = Duration.ofHours(10);
    private static final SessionProperties PROPERTIES = SessionParts.properties(SessionParts.KEYS, IDLE, LIFETIME);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final MutableClock clock = MutableClock.startingNow();
    private final SecureRandom random = new SecureRandom();
    private final Map<SessionId, SessionRecord> stored = new ConcurrentHashMap<>();
    private final List<SessionId> reads = new ArrayList<>();
    private final LiveSessions live = new LiveSessions(this::find, SessionId::value, PROPERTIES, clock);
    private final Upkeep upkeep = new Upkeep(LiveSessions.PERIOD, live::review);
    private @Nullable ProblemType failure;

    LiveSessionsTests() {
        upkeep.start();
    }

    @AfterEach
    void stop() {
        upkeep.stop();
        VirtualTimeScheduler.reset();
    }

    @Test
    void endThatIsHeardOfIsToldToAllWhoWait() {
        BrowserSession session = begun();
        Waiting one = waiting(session);
        Waiting other = waiting(session);
        pass(Duration.ofSeconds(1));
        assertThat(one.isOver() || other.isOver()).isFalse();

        end(session);
        pass(Duration.ofMillis(250));

        assertThat(one.isOver() && other.isOver()).isTrue();
        assertThat(live.size() + live.followed()).isZero();
    }

    @Test
    void endOfAnotherSessionIsNot() {
        Waiting waiting = waiting(begun());
        BrowserSession other = begun();
        waiting(other);
        pass(Duration.ofSeconds(1));

        end(other);
        pass(Duration.ofSeconds(1));

        assertThat(waiting.isOver()).isFalse();
    }

    /** Between the look-up of a session and the begin of waiting nobody listens. */
    @Test
    void endJustBeforeSomebodyWaitsIsFound() {
        BrowserSession session = begun();
        end(session);

        Waiting waiting = waiting(session);
        pass(Duration.ofMillis(250));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void endWhileTheSessionIsBeingReadIsFound() {
        BrowserSession session = begun();
        Sinks.One<SessionRecord> slow = Sinks.one();
        Iterator<Mono<SessionRecord>> answers =
                List.of(slow.asMono(), Mono.<SessionRecord>empty()).iterator();
        LiveSessions slowly = new LiveSessions(id -> answers.next(), SessionId::value, PROPERTIES, clock);
        StepVerifier ended =
                StepVerifier.create(slowly.untilEnd(session)).expectComplete().verifyLater();

        slowly.review().subscribe();
        slowly.changed(session.id().value());
        slow.tryEmitValue(session.record());
        slowly.review().subscribe();

        ended.verify(Duration.ofSeconds(1));
    }

    @Test
    void changeThatIsNoEndIsReadOnceAndEndsNothing() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        pass(Duration.ofSeconds(1));
        reads.clear();

        IntStream.range(0, 100).forEach(i -> live.changed(session.id().value()));
        pass(Duration.ofSeconds(10));

        assertThat(reads).hasSize(1);
        assertThat(waiting.isOver()).isFalse();
    }

    @Test
    void sessionEndsAtItsIdleTimeoutHoweverMuchIsOpen() {
        Waiting waiting = waiting(begun());

        pass(IDLE.minusSeconds(1));
        assertThat(waiting.isOver()).isFalse();
        pass(Duration.ofMillis(1250));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void requestOnThisReplicaKeepsWhatIsOpenAlive() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        pass(Duration.ofMinutes(20));

        waiting(session.with(session.record().seenAt(clock.instant()))).cancel();
        failure = ProblemType.SESSION_STORE_UNAVAILABLE;
        pass(Duration.ofMinutes(20));

        assertThat(waiting.isOver()).isFalse();
    }

    @Test
    void requestOnAnotherReplicaDoesSoToo() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        pass(Duration.ofMinutes(20));

        seen(session);
        pass(Duration.ofMinutes(20));
        assertThat(waiting.isOver()).isFalse();
        pass(Duration.ofMinutes(11));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void nothingOutlivesTheLifetime() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);

        for (int i = 0; i < 59; i++) {
            pass(Duration.ofMinutes(10));
            waiting(seen(session)).cancel();
        }
        assertThat(waiting.isOver()).isFalse();
        pass(Duration.ofMinutes(10));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void redisThatDoesNotAnswerEndsNothingBeforeTheDeadline() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        pass(Duration.ofSeconds(1));

        failure = ProblemType.SESSION_STORE_UNAVAILABLE;
        live.changed(session.id().value());
        pass(IDLE.minusSeconds(2));
        assertThat(waiting.isOver()).isFalse();
        pass(Duration.ofSeconds(2));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void whatWasMissedIsFoundWhenRedisIsBack() {
        BrowserSession ended = begun();
        Waiting waiting = waiting(ended);
        pass(Duration.ofSeconds(1));
        failure = ProblemType.SESSION_STORE_UNAVAILABLE;
        stored.remove(ended.id());
        pass(Duration.ofSeconds(1));
        assertThat(waiting.isOver()).isFalse();

        failure = null;
        live.everythingChanged();
        pass(Duration.ofMillis(250));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void whatNobodyHasToldIsFoundAllTheSame() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        pass(Duration.ofSeconds(1));
        stored.remove(session.id());

        pass(Duration.ofSeconds(61));

        assertThat(waiting.isOver()).isTrue();
    }

    @Test
    void sessionThatCannotBeReadIsThereAllTheSame() {
        BrowserSession session = begun();
        Waiting waiting = waiting(session);
        failure = ProblemType.SESSION_UNREADABLE;

        pass(Duration.ofSeconds(59));

        assertThat(waiting.isOver()).isFalse();
        assertThat(reads).hasSize(1);
    }

    @Test
    void whereEverythingMayHaveChangedNotEverythingIsReadAtOnce() {
        Sinks.Empty<Void> answer = Sinks.empty();
        AtomicInteger asked = new AtomicInteger();
        LiveSessions many = new LiveSessions(
                id -> Mono.fromRunnable(asked::incrementAndGet)
                        .then(answer.asMono())
                        .then(Mono.just(stored.get(id))),
                SessionId::value,
                PROPERTIES,
                clock);
        Stream.generate(this::begun)
                .limit(1000)
                .forEach(session -> many.untilEnd(session).subscribe());

        many.review().subscribe();
        assertThat(asked).hasValue(64);
        answer.tryEmitEmpty();

        assertThat(asked).hasValue(1000);
    }

    @Test
    void readingStopsAtTheFirstFailureOfRedis() {
        List<Waiting> waiting =
                Stream.generate(this::begun).limit(1000).map(this::waiting).toList();
        failure = ProblemType.SESSION_STORE_UNAVAILABLE;

        StepVerifier.create(live.review()).verifyComplete();

        assertThat(reads).hasSizeLessThan(65);
        assertThat(waiting).noneMatch(Waiting::isOver);
    }

    @Test
    void nothingIsLeftOfWhatIsOver() {
        List<BrowserSession> sessions = Stream.generate(this::begun).limit(100).toList();
        List<Waiting> open = sessions.stream().map(this::waiting).toList();
        pass(Duration.ofSeconds(1));

        for (int i = 0; i < 10_000; i++) {
            waiting(sessions.get(i % 100)).cancel();
        }
        assertThat(live.size()).isEqualTo(100);
        open.forEach(Waiting::cancel);

        assertThat(live.size() + live.followed()).isZero();
    }

    private Mono<SessionRecord> find(SessionId id) {
        return Mono.defer(() -> {
                    reads.add(id);
                    return failure == null
                            ? Mono.justOrEmpty(stored.get(id))
                            : Mono.error(GatewayException.of(failure));
                })
                .filter(found -> !PROPERTIES.isOutlived(found.meta(), clock));
    }

    private BrowserSession begun() {
        SessionId id = SessionId.random(random);
        SessionRecord session =
                SessionRecord.begun(clock.instant(), "Firefox", TestSessions.alice(), TestSessions.tokens("refresh"));
        stored.put(id, session);
        return new BrowserSession(id, session);
    }

    private BrowserSession seen(BrowserSession session) {
        SessionRecord seen = session.record().seenAt(clock.instant());
        stored.put(session.id(), seen);
        return session.with(seen);
    }

    private void end(BrowserSession session) {
        stored.remove(session.id());
        live.changed(session.id().value());
    }

    private void pass(Duration duration) {
        clock.advance(duration);
        time.advanceTimeBy(duration);
    }

    private Waiting waiting(BrowserSession session) {
        AtomicInteger ends = new AtomicInteger();
        return new Waiting(
                live.untilEnd(session)
                        .doOnSuccess(end -> ends.incrementAndGet())
                        .subscribe(),
                ends);
    }

    /** Somebody who waits for the end of a session. */
    private record Waiting(Disposable subscription, AtomicInteger ends) {

        boolean isOver() {
            return ends.get() > 0;
        }

        void cancel() {
            subscription.dispose();
        }
    }
}
