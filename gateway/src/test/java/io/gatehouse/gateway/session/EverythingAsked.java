package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.token.EveryLeaseCommand;
import java.time.Duration;

/** Everything that a replica asks of Redis. */
record EverythingAsked(SessionParts replica) {

    /** Fails where Redis refuses any of it. */
    void verify() {
        await().atMost(Duration.ofSeconds(10)).until(replica.tracking::isComplete);
        SessionId id = replica.begun();
        SessionId other = replica.begun();
        SessionRecord session = replica.cache.find(id).block();
        String issuer = session.identity().issuer();
        String subject = session.identity().subject();

        verifyChanges(id, session);
        EveryLeaseCommand.verify(replica.redis, SessionParts.NAMESPACE, new BrowserSession(id, session));
        assertThat(replica.ends.ofUser(issuer, subject).count().block()).isEqualTo(2);
        assertThat(replica.ends.renewAll().block()).isEqualTo(2);
        assertThat(replica.store.delete(other).block()).isTrue();
        assertThat(replica.ends.endUser(issuer, subject).block()).isEqualTo(1);
        assertThat(replica.ends.endAll().block()).isZero();
        await().until(() -> replica.recent.contains(other.lookup()));
    }

    private void verifyChanges(SessionId id, SessionRecord session) {
        ClusterMarks marks = new ClusterMarks(replica.redis, SessionParts.NAMESPACE);

        assertThat(replica.store
                        .touch(id, session.seenAt(replica.clock.instant()))
                        .block())
                .isTrue();
        assertThat(replica.store
                        .change(id, newest -> newest.with(TestSessions.tokens("next")))
                        .block())
                .isNotNull();
        assertThat(marks.setOnce(id.lookup(), Duration.ofMinutes(1)).block()).isTrue();
    }
}
