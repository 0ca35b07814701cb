package io.gatehouse.gateway.session;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.redis.Tracking;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.config.annotation.web.server.EnableSpringWebSession;
import org.springframework.web.server.session.WebSessionIdResolver;

/** Wires sessions: our own store, and spring-session's view of it. */
@Configuration(proxyBeanMethods = false)
@EnableSpringWebSession
class SessionConfiguration {

    @Bean
    SignedInAs signedInAs() {
        return new SignedInAs();
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    Envelopes envelopes(SessionProperties session, SecureRandom random) {
        return new Envelopes(session.keys(), random);
    }

    @Bean
    RecentEnds recentEnds() {
        return new RecentEnds();
    }

    @Bean
    SessionIndex sessionIndex(RedisConnections connections, RecentEnds recent, RedisProperties redis) {
        return new SessionIndex(connections, recent, redis.namespace());
    }

    @Bean
    RedisSessionStore redisSessionStore(
            RedisConnections connections,
            Envelopes envelopes,
            SessionIndex index,
            RecentEnds recent,
            SessionProperties session,
            RedisProperties redis,
            Clock clock) {
        return new RedisSessionStore(
                connections, new SessionCodec(envelopes), index, recent, session, redis.namespace(), clock);
    }

    @Bean
    RepeatedEnds repeatedEnds(
            RecentEnds recent,
            RedisSessionStore store,
            SessionIndex index,
            Tracking tracking,
            SessionProperties session) {
        return new RepeatedEnds(recent, store, index, tracking, session.lifetime());
    }

    @Bean
    Tracking sessionTracking(RedisConnections connections, RedisProperties redis, Clock clock) {
        String namespace = redis.namespace();
        return new Tracking(
                connections,
                RedisSessionStore.prefix(namespace),
                RedisSessionStore.channel(namespace),
                redis.timeout(),
                clock);
    }

    @Bean
    NearCache nearCache(
            RedisSessionStore store, Tracking tracking, SessionProperties session, RedisProperties redis, Clock clock) {
        return new NearCache(store, tracking, session, redis.timeout(), clock);
    }

    /** Told after the cache, from which it learns what has become of a session. */
    @Bean
    LiveSessions liveSessions(
            RedisSessionStore store, NearCache cache, Tracking tracking, SessionProperties session, Clock clock) {
        LiveSessions live = new LiveSessions(cache::find, store::key, session, clock);
        tracking.tell(live);
        store.tell(live::changed);
        return live;
    }

    /** Told after the cache, which must not show those who wake up what was there before. */
    @Bean
    Changes changes(RedisSessionStore store, NearCache cache, Tracking tracking) {
        Changes changes = new Changes(store);
        tracking.tell(changes);
        store.tell(changes::changed);
        return changes;
    }

    @Bean
    Touches touches(RedisSessionStore store) {
        return new Touches(store);
    }

    @Bean
    WarmUp warmUp(RedisSessionStore store, NearCache cache, SecureRandom random) {
        return new WarmUp(store, cache, random);
    }

    @Bean
    Upkeep touchUpkeep(Touches touches) {
        return new Upkeep(Touches.PERIOD, touches::flush);
    }

    @Bean
    Upkeep endUpkeep(RepeatedEnds ends) {
        return new Upkeep(RepeatedEnds.PERIOD, ends::repeatIfDue);
    }

    @Bean
    Upkeep liveUpkeep(LiveSessions live) {
        return new Upkeep(LiveSessions.PERIOD, live::review);
    }

    @Bean
    SessionEnds sessionEnds(
            RedisConnections connections,
            RedisSessionStore store,
            SessionIndex index,
            SessionProperties session,
            RedisProperties redis,
            Clock clock) {
        return new SessionEnds(connections, store, index, session, redis.namespace(), clock);
    }

    @Bean
    Sessions sessions(
            RedisSessionStore store,
            NearCache cache,
            Touches touches,
            SessionEnds ends,
            AuditLog audit,
            SessionProperties session,
            GatewayCookies cookies,
            SecureRandom random,
            Clock clock) {
        return new Sessions(
                store, cache, touches, new SessionLimit(ends, session, audit), session, cookies, random, clock);
    }

    @Bean
    SignedOutMarker signedOutMarker(Envelopes envelopes, GatewayCookies cookies, Clock clock) {
        return new SignedOutMarker(envelopes, cookies, clock);
    }

    @Bean
    ReactiveSessionRepository<AttributeSession> webSessionRepository(
            RedisSessionStore store, SessionProperties session, SecureRandom random, Clock clock) {
        return new WebSessionRepository(store, session, random, clock);
    }

    @Bean
    Endpoint sessionEndpoint(Sessions sessions, OwnAnswers answers, PublicUrl publicUrl, EndpointPaths paths) {
        return new Endpoint(
                paths.session(), Endpoint.LOOKING, new SessionEndpoint(sessions, answers, publicUrl, paths));
    }

    @Bean
    Endpoint expiryNoticeEndpoint(OwnAnswers answers, EndpointPaths paths) {
        return new Endpoint(paths.expiryNotice(), Endpoint.LOOKING, new ExpiryNoticeEndpoint(answers, paths));
    }

    @Bean
    WebSessionIdResolver webSessionIdResolver(GatewayCookies cookies) {
        return new SessionCookie(cookies);
    }
}
