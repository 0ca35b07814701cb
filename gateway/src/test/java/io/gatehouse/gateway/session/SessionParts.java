package io.gatehouse.gateway.session;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.redis.RedisUrl;
import io.gatehouse.gateway.redis.Tracking;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.unit.DataSize;

/** The parts of this package as one replica has them, on a clock that can be moved. */
final class SessionParts implements AutoCloseable {

    static final String KEYS = TestKeys.entry("k1");

    static final String NAMESPACE = "test";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final CacheProperties CACHE =
            new CacheProperties(DataSize.ofMegabytes(16), Duration.ofSeconds(60), Duration.ofSeconds(60));

    final MutableClock clock;
    final SecureRandom random = new SecureRandom();
    final SessionProperties properties;
    final GatewayCookies cookies = new GatewayCookies(PublicUrl.of("http://localhost:8080"));
    final RedisConnections redis;
    final Envelopes envelopes;
    final RecentEnds recent;
    final SessionIndex index;
    final RedisSessionStore store;
    final Tracking tracking;
    final NearCache cache;
    final Touches touches;
    final Sessions sessions;
    final SessionEnds ends;
    final RepeatedEnds repeated;

    SessionParts(String redisUrl, MutableClock clock) {
        this(redisUrl, clock, KEYS);
    }

    SessionParts(String redisUrl, MutableClock clock, String keys) {
        this(connections(redisUrl, null), clock, keys);
    }

    SessionParts(RedisConnections redis, MutableClock clock, String keys) {
        this(redis, clock, properties(keys, Duration.ofMinutes(30), Duration.ofHours(10)));
    }

    SessionParts(RedisConnections redis, MutableClock clock, SessionProperties properties) {
        this.clock = clock;
        this.properties = properties;
        this.redis = redis;
        this.envelopes = new Envelopes(properties.keys(), random);
        this.recent = new RecentEnds();
        this.index = new SessionIndex(redis, recent, NAMESPACE);
        this.store =
                new RedisSessionStore(redis, new SessionCodec(envelopes), index, recent, properties, NAMESPACE, clock);
        this.tracking = new Tracking(
                redis, RedisSessionStore.prefix(NAMESPACE), RedisSessionStore.channel(NAMESPACE), TIMEOUT, clock);
        this.cache = new NearCache(store, tracking, properties, TIMEOUT, clock);
        this.touches = new Touches(store);
        this.ends = new SessionEnds(redis, store, index, properties, NAMESPACE, clock);
        this.repeated = new RepeatedEnds(recent, store, index, tracking, properties.lifetime());
        this.sessions = new Sessions(
                store,
                cache,
                touches,
                new SessionLimit(ends, properties, new AuditLog()),
                properties,
                cookies,
                random,
                clock);
        redis.start();
        tracking.start();
    }

    static RedisConnections connections(String redisUrl, @Nullable SslBundle ssl) {
        return connections(redisUrl, null, null, ssl);
    }

    /** Behind Sentinels that want to know who asks. */
    static RedisConnections connections(String redisUrl, String sentinelUser, String sentinelPassword) {
        return connections(redisUrl, sentinelUser, sentinelPassword, null);
    }

    private static RedisConnections connections(
            String redisUrl,
            @Nullable String sentinelUser,
            @Nullable String sentinelPassword,
            @Nullable SslBundle ssl) {
        RedisUrl url = RedisUrl.of(redisUrl);
        return new RedisConnections(
                new RedisProperties(
                        url,
                        false,
                        sentinelUser,
                        sentinelPassword == null ? null : Secret.of(sentinelPassword),
                        null,
                        NAMESPACE,
                        TIMEOUT),
                ssl);
    }

    static SessionProperties properties(String keys, Duration idleTimeout, Duration lifetime) {
        return new SessionProperties(
                KeyRing.of(keys), idleTimeout, lifetime, 0, SessionProperties.AtMaximum.END_OLDEST, CACHE);
    }

    /** The usual ones, with a limit. */
    static SessionProperties limited(int maxPerUser, SessionProperties.AtMaximum atMaximum) {
        return new SessionProperties(
                KeyRing.of(KEYS), Duration.ofMinutes(30), Duration.ofHours(10), maxPerUser, atMaximum, CACHE);
    }

    static SessionProperties properties(String keys, CacheProperties cache) {
        return new SessionProperties(
                KeyRing.of(keys),
                Duration.ofMinutes(30),
                Duration.ofHours(10),
                0,
                SessionProperties.AtMaximum.END_OLDEST,
                cache);
    }

    /** A stored session of Alice. */
    SessionId begun() {
        SessionId id = SessionId.random(random);
        begin(id);
        return id;
    }

    /** Stores a session of Alice. */
    void begin(SessionId id) {
        SessionRecord begun =
                SessionRecord.begun(clock.instant(), "Firefox", TestSessions.alice(), TestSessions.tokens("refresh"));
        store.create(id, begun).block();
    }

    @Override
    public void close() {
        tracking.stop();
        redis.close();
    }
}
