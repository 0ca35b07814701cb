package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sessions as the other features see them: found by the cookie of a request, begun, changed and ended. */
public final class Sessions {

    private static final String CURRENT = Sessions.class.getName() + ".current";
    private static final String KNOWN = Sessions.class.getName() + ".known";

    private final RedisSessionStore store;
    private final NearCache cache;
    private final Touches touches;
    private final SessionLimit limit;
    private final SessionProperties properties;
    private final GatewayCookies cookies;
    private final SecureRandom random;
    private final Clock clock;

    Sessions(
            RedisSessionStore store,
            NearCache cache,
            Touches touches,
            SessionLimit limit,
            SessionProperties properties,
            GatewayCookies cookies,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.cache = cache;
        this.touches = touches;
        this.limit = limit;
        this.properties = properties;
        this.cookies = cookies;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The session of the browser, kept alive by this request. Empty if the browser has none. Looked up once for a
     * request, however often it is asked for. A failure of Redis is a failure here, and never "no session".
     */
    public Mono<BrowserSession> current(ServerWebExchange exchange) {
        Mono<BrowserSession> known = exchange.getAttribute(CURRENT);
        if (known != null) {
            return known;
        }
        Mono<BrowserSession> lookup = peek(exchange.getRequest())
                .flatMap(this::touchIfDue)
                .doOnNext(session -> exchange.getAttributes().put(KNOWN, session))
                .cache();
        exchange.getAttributes().put(CURRENT, lookup);
        return lookup;
    }

    /** The {@link #current} session, if it has been looked up already. */
    public static Optional<BrowserSession> known(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(KNOWN));
    }

    /** The session of the browser, without keeping it alive. */
    public Mono<BrowserSession> peek(ServerHttpRequest request) {
        return Mono.justOrEmpty(sentId(request))
                .flatMap(id -> cache.find(id).map(found -> new BrowserSession(id, found)));
    }

    /** The session of the browser, with its idle timeout beginning anew. */
    Mono<BrowserSession> extend(ServerHttpRequest request) {
        return peek(request).flatMap(this::touch);
    }

    /** How long the session lives if nothing more is heard of the browser. */
    Duration idleTimeLeft(BrowserSession session) {
        return left(properties.endOf(session.record().meta()));
    }

    /** How long the session lives at most. */
    Duration lifetimeLeft(BrowserSession session) {
        return left(session.record().meta().createdAt().plus(properties.lifetime()));
    }

    /**
     * Begins a session for somebody who has just signed in. It has a new id, and the session the browser had before is
     * ended, so that an id known from before the sign-in is worth nothing.
     *
     * <p>Fails with {@link ProblemType#SESSION_ENDED} if the person has been signed out since, and with
     * {@link ProblemType#TOO_MANY_SESSIONS} if this is one too many.
     *
     * @param request of the browser, which knows nothing of the session before it gets its {@link #setCookie cookie}
     * @param since before the IdP issued the tokens; the lifetime counts from here
     */
    public Mono<BrowserSession> begin(
            ServerHttpRequest request, Identity identity, SessionTokens tokens, Instant since) {
        SessionId id = SessionId.random(random);
        String browser = BrowserFamily.of(request.getHeaders().getFirst(HttpHeaders.USER_AGENT));
        SessionRecord session = SessionRecord.begun(since, browser, identity, tokens);
        return endSent(request)
                .then(store.create(id, session))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED, "while it began")))
                .then(Mono.defer(() -> limit.keep(new BrowserSession(id, session))));
    }

    /** The session as it is now. Empty if it has ended. */
    public Mono<BrowserSession> newest(BrowserSession session) {
        return store.find(session.id()).map(session::with);
    }

    /**
     * Changes a session. The change may be applied more than once, each time to the newest revision, until it is
     * stored. Empty if the session has ended meanwhile: it stays ended.
     */
    public Mono<BrowserSession> change(BrowserSession session, UnaryOperator<SessionRecord> change) {
        return store.change(session.id(), change).map(session::with);
    }

    /** Ends a session; whoever holds its id holds nothing any more. True if it had not ended before. */
    public Mono<Boolean> end(BrowserSession session) {
        return store.delete(session.id());
    }

    /** Ends a session unless it was changed since it was read. True if it ended by this. */
    public Mono<Boolean> endUnchanged(BrowserSession session) {
        return store.delete(session.id(), session.record());
    }

    /** Ends whatever session the browser's cookie names, even one that cannot be read. True if there was one. */
    public Mono<Boolean> endSent(ServerHttpRequest request) {
        return Mono.justOrEmpty(sentId(request)).flatMap(store::delete).defaultIfEmpty(false);
    }

    /** Tells the session a browser names, live or not, from others. 0 if it names none. */
    public int nameIn(ServerHttpRequest request) {
        return sentId(request).map(id -> id.lookup().hashCode()).orElse(0);
    }

    /**
     * The session a browser names, live or ended a short while ago. Empty if it names none, or nothing is known of it.
     */
    public Mono<FormerSession> former(ServerHttpRequest request) {
        return Mono.justOrEmpty(sentId(request)).flatMap(id -> store.user(id).map(user -> new FormerSession(user, id)));
    }

    /** Whether a session is of the person of a {@linkplain FormerSession#user former} one. */
    public boolean isOf(String user, BrowserSession session) {
        return store.isNameOf(user, session.identity());
    }

    /** Gives the browser its session. */
    public void setCookie(ServerWebExchange exchange, BrowserSession session) {
        exchange.getResponse()
                .addCookie(cookies.create(cookies.session(), session.id().value()));
    }

    /** Takes the cookie from the browser. Only for a session that is known to be over. */
    public void removeCookie(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookies.remove(cookies.session()));
    }

    private Mono<BrowserSession> touchIfDue(BrowserSession session) {
        SessionMeta meta = session.record().meta();
        if (!properties.isTouchDue(meta, clock)) {
            return Mono.just(session);
        }
        return properties.isTouchUrgent(meta, clock)
                ? touch(session).onErrorReturn(GatewayException.class, touchSoon(session))
                : Mono.just(touchSoon(session));
    }

    private Mono<BrowserSession> touch(BrowserSession session) {
        SessionRecord seen = session.record().seenAt(clock.instant());
        return store.touch(session.id(), seen).thenReturn(session.with(seen));
    }

    private BrowserSession touchSoon(BrowserSession session) {
        SessionRecord seen = session.record().seenAt(clock.instant());
        touches.note(session.id(), seen);
        cache.seen(session.id(), seen);
        return session.with(seen);
    }

    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Optional<SessionId> sentId(ServerHttpRequest request) {
        return cookies.read(request, cookies.session()).flatMap(SessionId::parse);
    }
}
