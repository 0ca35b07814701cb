package io.gatehouse.gateway.session;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.session.ReactiveSessionRepository;
import reactor.core.publisher.Mono;

/**
 * The same sessions for whatever is written against Spring's {@code WebSession}. Extensions can keep attributes of JSON
 * types in it; they live, and end, with the session of the person who signed in.
 *
 * <p>A session begins with a sign-in and with nothing else. An attribute stored for an anonymous browser fails when it
 * is saved, because otherwise every bot would get a record in Redis.
 */
final class WebSessionRepository implements ReactiveSessionRepository<AttributeSession> {

    private final RedisSessionStore store;
    private final SessionProperties properties;
    private final SecureRandom random;
    private final Clock clock;

    WebSessionRepository(RedisSessionStore store, SessionProperties properties, SecureRandom random, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Mono<AttributeSession> createSession() {
        return Mono.fromSupplier(() -> AttributeSession.anonymous(random, properties, clock));
    }

    @Override
    public Mono<AttributeSession> findById(String id) {
        return Mono.justOrEmpty(SessionId.parse(id))
                .flatMap(known ->
                        store.find(known).map(found -> AttributeSession.of(known, found, random, properties, clock)));
    }

    /**
     * Stores what was changed. A session that has ended meanwhile stays ended, and that is no failure of who came late.
     */
    @Override
    public Mono<Void> save(AttributeSession session) {
        if (!session.isChanged()) {
            return Mono.empty();
        }
        if (session.isAnonymous()) {
            return Mono.error(() -> new IllegalStateException("nobody is signed in: a session begins with a sign-in"));
        }
        return session.isMoved()
                ? move(session)
                : store.change(session.storedAs(), session::applyTo).then();
    }

    @Override
    public Mono<Void> deleteById(String id) {
        return Mono.justOrEmpty(SessionId.parse(id)).flatMap(store::delete).then();
    }

    /** The old one goes first: if it has ended meanwhile, there is nothing to move. */
    private Mono<Void> move(AttributeSession session) {
        return take(session.storedAs())
                .map(session::applyTo)
                .flatMap(moved -> store.create(session.currentId(), moved))
                .doOnNext(stored -> session.noteMoved())
                .then();
    }

    /** The newest revision of a session, which ends with that. Empty if it has ended before. */
    private Mono<SessionRecord> take(SessionId id) {
        return Mono.defer(() -> store.find(id))
                .flatMap(found -> take(id, found))
                .retryWhen(OvertakenException.RETRY);
    }

    private Mono<SessionRecord> take(SessionId id, SessionRecord found) {
        return store.delete(id, found)
                .flatMap(deleted -> deleted ? Mono.just(found) : Mono.error(OvertakenException::new));
    }
}
