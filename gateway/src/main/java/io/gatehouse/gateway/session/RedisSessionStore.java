package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sessions in Redis, one hash each. Every write names the revision it is based on and is applied only if the record
 * still has it, so that no write can undo another one and none can bring back a session that has ended. What has ended
 * leaves a tombstone for a while: a hash without revision.
 */
final class RedisSessionStore {

    private static final Script CREATE = Script.of("""
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], 'r', ARGV[1], 'm', ARGV[3], 's', ARGV[4], 'u', ARGV[5])
        if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'i', ARGV[6]) end
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """);

    private static final Script REPLACE = Script.of("""
        if redis.call('HGET', KEYS[1], 'r') ~= ARGV[5] then return 0 end
        redis.call('HSET', KEYS[1], 'r', ARGV[1], 'm', ARGV[3], 's', ARGV[4])
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """);

    private static final Script TOUCH = Script.of("""
        if redis.call('HGET', KEYS[1], 'r') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'm', ARGV[3])
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """);

    /** A Redis that is full has no room for a tombstone, and the session ends without one. */
    private static final Script END = Script.of("""
        local revision = redis.call('HGET', KEYS[1], 'r')
        if not revision or (ARGV[2] ~= '' and revision ~= ARGV[2]) then return {} end
        local names = redis.call('HMGET', KEYS[1], 'u', 'i')
        redis.call('DEL', KEYS[1])
        redis.pcall('HSET', KEYS[1], 'u', names[1] or '')
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        redis.call('PUBLISH', ARGV[3], ARGV[4])
        return {names[1] or '', names[2] or ''}
        """);

    private static final Script RENEW = Script.of("""
        if not redis.call('HGET', KEYS[1], 'r') then return 0 end
        redis.call('HSET', KEYS[1], 'n', ARGV[1])
        return 1
        """);

    /** Longer than anything that was on its way when a session ended. */
    private static final Duration TOMBSTONE = Duration.ofHours(1);

    private static final byte[] NONE = {};

    private final RedisConnections redis;
    private final SessionCodec codec;
    private final SessionIndex index;
    private final RecentEnds recent;
    private final IndexNames names;
    private final SessionProperties properties;
    private final String prefix;
    private final String channel;
    private final Clock clock;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    RedisSessionStore(
            RedisConnections redis,
            SessionCodec codec,
            SessionIndex index,
            RecentEnds recent,
            SessionProperties properties,
            String namespace,
            Clock clock) {
        this.redis = redis;
        this.codec = codec;
        this.index = index;
        this.recent = recent;
        this.names = new IndexNames(properties.keys());
        this.properties = properties;
        this.prefix = prefix(namespace);
        this.channel = channel(namespace);
        this.clock = clock;
    }

    /**
     * Tells somebody of every key that this replica has written, before whoever has asked for it goes on: they must not
     * be shown afterwards what was there before.
     */
    void tell(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** How the names of all session keys begin. */
    static String prefix(String namespace) {
        return namespace + ":session:";
    }

    /** Where the handle of every session that ends is published. */
    static String channel(String namespace) {
        return namespace + ":ended";
    }

    /**
     * The session of this id. Empty if there is none, it has outlived its time, or its person was signed out; never
     * because of a failure: then {@link ProblemType#SESSION_STORE_UNAVAILABLE}, or
     * {@link ProblemType#SESSION_UNREADABLE} for a record this replica cannot read.
     */
    Mono<SessionRecord> find(SessionId id) {
        String handle = id.lookup();
        if (recent.contains(handle)) {
            return Mono.empty();
        }
        String key = prefix + handle;
        return redis.run(commands -> commands.hmget(key, SessionCodec.FIELDS))
                .map(SessionCodec::fields)
                .filter(SessionCodec::isSession)
                .map(fields -> read(key, id, fields))
                .filter(session -> !properties.isOutlived(session.meta(), clock))
                .filterWhen(this::hasNotBeenEnded);
    }

    private Mono<Boolean> hasNotBeenEnded(SessionRecord session) {
        return index.endedBefore(names.of(session.identity()))
                .map(ended -> session.meta().createdAt().isAfter(ended));
    }

    /**
     * Stores a new session. False if it was not: its person has been signed out since it began, or, which does not
     * happen, its random id exists already.
     */
    Mono<Boolean> create(SessionId id, SessionRecord session) {
        Identity who = session.identity();
        String user = names.ofUser(who.issuer(), who.subject()).getFirst();
        String sid = who.sid() == null
                ? ""
                : names.ofProviderSession(who.issuer(), who.sid()).getFirst();
        return enter(user, sid, id, session)
                .then(Mono.defer(() -> write(CREATE, id, session, Ascii.of(user), Ascii.of(sid))))
                .flatMap(stored -> stored ? confirm(id, session) : Mono.just(false));
    }

    private Mono<Void> enter(String user, String sid, SessionId id, SessionRecord session) {
        Instant lifetimeEnd = session.meta().createdAt().plus(properties.lifetime());
        return Flux.just(user, sid)
                .filter(name -> !name.isEmpty())
                .concatMap(name -> index.add(name, id.lookup(), lifetimeEnd, clock.instant()))
                .then();
    }

    /** Whoever ends sessions writes the mark and then reads the index; so one of both sees the other. */
    private Mono<Boolean> confirm(SessionId id, SessionRecord session) {
        return hasNotBeenEnded(session)
                .flatMap(stands -> stands ? Mono.just(true) : delete(id).thenReturn(false));
    }

    /** Stores the next revision of a session. False if somebody else has changed or ended it meanwhile. */
    Mono<Boolean> replace(SessionId id, SessionRecord next) {
        return write(REPLACE, id, next, Ascii.of(next.revision() - 1));
    }

    /**
     * Applies a change to the newest revision, and again if somebody else was faster. Empty if the session has ended.
     *
     * @param change makes the next revision; may be called more than once
     */
    Mono<SessionRecord> change(SessionId id, UnaryOperator<SessionRecord> change) {
        return Mono.defer(() -> find(id))
                .map(change)
                .flatMap(next -> replace(id, next).map(stored -> new Outcome(next, stored)))
                .flatMap(outcome -> outcome.stored() ? Mono.just(outcome.next()) : Mono.error(OvertakenException::new))
                .retryWhen(OvertakenException.RETRY);
    }

    /**
     * Notes that the browser is still there. False if the session was changed or ended meanwhile, and then nothing is
     * noted.
     */
    Mono<Boolean> touch(SessionId id, SessionRecord seen) {
        String key = key(id);
        return eval(TOUCH, key, Ascii.of(seen.revision()), deadline(seen), codec.meta(key, seen.meta()));
    }

    /** Ends a session. True if there was one. */
    Mono<Boolean> delete(SessionId id) {
        return end(id.lookup(), NONE);
    }

    /** Ends a session if it is still at this revision. False if somebody else has changed or ended it meanwhile. */
    Mono<Boolean> delete(SessionId id, SessionRecord unchanged) {
        return end(id.lookup(), Ascii.of(unchanged.revision()));
    }

    /** Ends the session that has this handle. True if there was one. */
    Mono<Boolean> end(String handle) {
        return end(handle, NONE);
    }

    /** Whose session this is or, until an hour after its end, was. Empty if nothing is known of it. */
    Mono<String> user(SessionId id) {
        String key = key(id);
        return redis.run(commands -> commands.hget(key, SessionCodec.USER))
                .map(Ascii::text)
                .filter(user -> !user.isEmpty());
    }

    /** Whether this is what Redis calls a person, or called them before the keys were changed. */
    boolean isNameOf(String user, Identity who) {
        return names.ofUser(who.issuer(), who.subject()).contains(user);
    }

    /** Has the tokens of a session that were issued before a moment renewed. False if there is no such session. */
    Mono<Boolean> renew(String handle, Instant before) {
        return eval(RENEW, prefix + handle, Ascii.of(before.toEpochMilli()));
    }

    private Mono<Boolean> end(String handle, byte[] revision) {
        return redis.run(commands -> END.<List<byte[]>>run(
                        commands,
                        ScriptOutputType.MULTI,
                        prefix + handle,
                        Ascii.of(TOMBSTONE.toMillis()),
                        revision,
                        Ascii.of(channel),
                        Ascii.of(handle)))
                .doOnNext(ended -> written(prefix + handle))
                .flatMap(ended -> ended.isEmpty() ? Mono.just(false) : left(ended, handle));
    }

    private Mono<Boolean> left(List<byte[]> namesOfSession, String handle) {
        recent.note(handle);
        return Flux.fromIterable(namesOfSession)
                .map(name -> Ascii.text(name))
                .filter(name -> !name.isEmpty())
                .concatMap(name -> index.remove(name, handle))
                .onErrorComplete(GatewayException.class)
                .then(Mono.just(true));
    }

    /** What can be known of the session that has this handle without its id. Empty if there is none. */
    Mono<SessionMeta> meta(String handle) {
        String key = prefix + handle;
        return redis.run(commands -> commands.hget(key, SessionCodec.META))
                .map(envelope -> readMeta(key, envelope))
                .filter(meta -> !properties.isOutlived(meta, clock));
    }

    /** The name of the key that holds the session of this id. */
    String key(SessionId id) {
        return prefix + id.lookup();
    }

    private Mono<Boolean> write(Script script, SessionId id, SessionRecord session, byte[]... more) {
        String key = key(id);
        byte[][] arguments = new byte[4 + more.length][];
        arguments[0] = Ascii.of(session.revision());
        arguments[1] = deadline(session);
        arguments[2] = codec.meta(key, session.meta());
        arguments[3] = codec.secrets(key, id, session.secrets());
        System.arraycopy(more, 0, arguments, 4, more.length);
        return eval(script, key, arguments);
    }

    private Mono<Boolean> eval(Script script, String key, byte[]... arguments) {
        return redis.run(commands -> script.<Long>run(commands, ScriptOutputType.INTEGER, key, arguments))
                .doOnNext(applied -> written(key))
                .map(applied -> applied == 1);
    }

    private void written(String key) {
        listeners.forEach(listener -> listener.accept(key));
    }

    /** Writes and reads a session without Redis. */
    void rehearse(SessionId id, SessionRecord session) {
        String key = key(id);
        read(
                key,
                id,
                Map.of(
                        SessionCodec.REVISION, Ascii.of(session.revision()),
                        SessionCodec.META, codec.meta(key, session.meta()),
                        SessionCodec.SECRETS, codec.secrets(key, id, session.secrets())));
        names.of(session.identity());
    }

    private SessionRecord read(String key, SessionId id, Map<String, byte[]> fields) {
        try {
            return codec.read(key, id, fields);
        } catch (UnreadableEnvelopeException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private SessionMeta readMeta(String key, byte[] envelope) {
        try {
            return codec.readMeta(key, envelope);
        } catch (UnreadableEnvelopeException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static GatewayException unreadable(UnreadableEnvelopeException unreadable) {
        return GatewayException.of(ProblemType.SESSION_UNREADABLE, String.valueOf(unreadable.getMessage()), unreadable);
    }

    /** What has outlived its time is none any more, and yet tells for a while whose it was, as a tombstone does. */
    private byte[] deadline(SessionRecord session) {
        Instant end = properties.endOf(session.meta()).plus(TOMBSTONE);
        return Ascii.of(end.toEpochMilli());
    }

    private record Outcome(SessionRecord next, boolean stored) {}
}
