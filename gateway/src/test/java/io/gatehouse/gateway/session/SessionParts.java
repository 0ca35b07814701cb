package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import io.lettuce.core.RedisURI;
import java.security.SecureRandom;
import java.time.Duration;

/** The parts of this package as one replica has them, on a clock that can be moved. */
final class SessionParts implements AutoCloseable {

    static final String KEYS = TestKeys.entry("k1");

    final MutableClock clock;
    final SecureRandom random = new SecureRandom();
    final SessionProperties properties;
    final GatewayCookies cookies = new GatewayCookies(PublicUrl.of("http://localhost:8080"));
    final RedisConnections redis;
    final Envelopes envelopes;
    final RedisSessionStore store;
    final Sessions sessions;

    SessionParts(String redisUrl, MutableClock clock) {
        this(redisUrl, clock, KEYS);
    }

    SessionParts(String redisUrl, MutableClock clock, String keys) {
        this.clock = clock;
        this.properties = new SessionProperties(KeyRing.of(keys), Duration.ofMinutes(30), Duration.ofHours(10));
        this.redis =
                new RedisConnections(new RedisProperties(RedisURI.create(redisUrl), "test", Duration.ofSeconds(1)));
        this.envelopes = new Envelopes(properties.keys(), random);
        this.store = new RedisSessionStore(redis, new SessionCodec(envelopes), properties, "test", clock);
        this.sessions = new Sessions(store, properties, cookies, random, clock);
    }

    /** A stored session of Alice. */
    SessionId begun() {
        SessionId id = SessionId.random(random);
        store.create(
                        id,
                        SessionRecord.begun(
                                clock.instant(), "Firefox", TestSessions.alice(), TestSessions.tokens("refresh")))
                .block();
        return id;
    }

    @Override
    public void close() {
        redis.close();
    }
}
