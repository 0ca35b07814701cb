package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Sessions in Redis, one hash each. Every write names the revision it is based on and is applied only if the record
 * still has it, so that no write can undo another one and none can bring back a session that has ended.
 */
final class RedisSessionStore {

    private static final String CREATE = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], 'r', ARGV[1], 'm', ARGV[3], 's', ARGV[4])
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """;

    private static final String REPLACE = """
        if redis.call('HGET', KEYS[1], 'r') ~= ARGV[5] then return 0 end
        redis.call('HSET', KEYS[1], 'r', ARGV[1], 'm', ARGV[3], 's', ARGV[4])
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """;

    private static final String TOUCH = """
        if redis.call('HGET', KEYS[1], 'r') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'm', ARGV[3])
        redis.call('PEXPIREAT', KEYS[1], ARGV[2])
        return 1
        """;

    private static final String DELETE = """
        if redis.call('HGET', KEYS[1], 'r') ~= ARGV[1] then return 0 end
        return redis.call('DEL', KEYS[1])
        """;

    private final RedisConnections redis;
    private final SessionCodec codec;
    private final SessionProperties properties;
    private final String prefix;
    private final Clock clock;

    RedisSessionStore(
            RedisConnections redis, SessionCodec codec, SessionProperties properties, String namespace, Clock clock) {
        this.redis = redis;
        this.codec = codec;
        this.properties = properties;
        this.prefix = namespace + ":session:";
        this.clock = clock;
    }

    /**
     * The session of this id. Empty if there is none or it has outlived its time; never because of a failure: then
     * {@link ProblemType#SESSION_STORE_UNAVAILABLE}, or {@link ProblemType#SESSION_UNREADABLE} for a record this
     * replica cannot read.
     */
    Mono<SessionRecord> find(SessionId id) {
        String key = key(id);
        return redis.run(commands -> commands.hmget(key, SessionCodec.REVISION, SessionCodec.META, SessionCodec.SECRETS)
                        .collectList())
                .map(SessionCodec::fields)
                .filter(fields -> !fields.isEmpty())
                .map(fields -> read(key, id, fields))
                .filter(session -> !properties.isOutlived(session.meta(), clock));
    }

    /** Stores a new session. True if it was stored; false would mean that the random id exists already. */
    Mono<Boolean> create(SessionId id, SessionRecord session) {
        return write(CREATE, id, session, session.revision() - 1);
    }

    /** Stores the next revision of a session. False if somebody else has changed or ended it meanwhile. */
    Mono<Boolean> replace(SessionId id, SessionRecord next) {
        return write(REPLACE, id, next, next.revision() - 1);
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
        return eval(TOUCH, key, ascii(seen.revision()), deadline(seen), codec.meta(key, seen.meta()));
    }

    /** Ends a session. True if there was one. */
    Mono<Boolean> delete(SessionId id) {
        return redis.run(commands -> commands.del(key(id))).map(deleted -> deleted > 0);
    }

    /** Ends a session if it is still at this revision. False if somebody else has changed or ended it meanwhile. */
    Mono<Boolean> delete(SessionId id, SessionRecord unchanged) {
        return eval(DELETE, key(id), ascii(unchanged.revision()));
    }

    private Mono<Boolean> write(String script, SessionId id, SessionRecord session, long expected) {
        String key = key(id);
        return eval(
                script,
                key,
                ascii(session.revision()),
                deadline(session),
                codec.meta(key, session.meta()),
                codec.secrets(key, id, session.secrets()),
                ascii(expected));
    }

    private Mono<Boolean> eval(String script, String key, byte[]... arguments) {
        return redis.run(commands ->
                        commands.<Long>eval(script, ScriptOutputType.INTEGER, new String[] {key}, arguments))
                .map(applied -> applied == 1);
    }

    private SessionRecord read(String key, SessionId id, Map<String, byte[]> fields) {
        try {
            return codec.read(key, id, fields);
        } catch (UnreadableEnvelopeException unreadable) {
            throw GatewayException.of(
                    ProblemType.SESSION_UNREADABLE, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private byte[] deadline(SessionRecord session) {
        Instant end = properties.endOf(session.meta());
        return ascii(end.toEpochMilli());
    }

    private String key(SessionId id) {
        return prefix + id.lookup();
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private record Outcome(SessionRecord next, boolean stored) {}
}
