package io.gatehouse.gateway.session;

import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.Script;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which sessions a person has, and since when those of the past count for nothing.
 *
 * <p>A sorted set for each name holds the handles of its sessions by the end of their absolute lifetime, and expires
 * with the last of them. An entry is written before its session, so a session without entry does not exist; an entry
 * without session may, and whoever reads it drops it. Nothing here spans two keys, so a Cluster may keep them apart.
 */
final class SessionIndex {

    private static final Script ADD = Script.of("""
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
        redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
        local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
        redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last[2]))
        return redis.call('ZCARD', KEYS[1])
        """);

    private static final Script MARK = Script.of("""
        local known = redis.call('GET', KEYS[1])
        if known and tonumber(known) >= tonumber(ARGV[1]) then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """);

    private final RedisConnections redis;
    private final RecentEnds recent;
    private final String indexPrefix;
    private final String endedPrefix;

    SessionIndex(RedisConnections redis, RecentEnds recent, String namespace) {
        this.redis = redis;
        this.recent = recent;
        this.indexPrefix = namespace + ":index:";
        this.endedPrefix = namespace + ":ended:";
    }

    /**
     * Adds a session to those of a name.
     *
     * @param lifetimeEnd when the entry is of no use any more
     */
    Mono<Void> add(String name, String handle, Instant lifetimeEnd, Instant now) {
        return redis.run(commands -> ADD.<Long>run(
                        commands,
                        ScriptOutputType.INTEGER,
                        indexPrefix + name,
                        Ascii.of(handle),
                        Ascii.of(lifetimeEnd.toEpochMilli()),
                        Ascii.of(now.toEpochMilli())))
                .then();
    }

    /** Takes a session away from those of a name. */
    Mono<Void> remove(String name, String handle) {
        return redis.run(commands -> commands.zrem(indexPrefix + name, Ascii.of(handle)))
                .then();
    }

    /** The entries of these names, oldest first for each; the sessions of some of them may have ended. */
    Flux<Entry> entries(List<String> names) {
        return Flux.fromIterable(names).concatMap(this::entries);
    }

    private Flux<Entry> entries(String name) {
        return redis.run(commands -> commands.zrangeWithScores(indexPrefix + name, 0, -1))
                .flatMapIterable(Function.identity())
                .map(member ->
                        new Entry(name, Ascii.text(member.getValue()), Instant.ofEpochMilli((long) member.getScore())));
    }

    /**
     * Lets every session of a name that began before a moment, or begins late with what was issued before it, count as
     * ended.
     *
     * @param memory how long a session can live
     */
    Mono<Void> markEnded(String name, Instant before, Duration memory) {
        return redis.run(commands -> MARK.<Long>run(
                        commands,
                        ScriptOutputType.INTEGER,
                        endedPrefix + name,
                        Ascii.of(before.toEpochMilli()),
                        Ascii.of(memory.toMillis())))
                .doOnSuccess(marked -> recent.note(name, before))
                .then();
    }

    /** The latest moment before which the sessions of any of these names have ended; the epoch if there is none. */
    Mono<Instant> endedBefore(List<String> names) {
        String[] keys = names.stream().map(endedPrefix::concat).toArray(String[]::new);
        return redis.run(commands -> commands.mget(keys)).map(marks -> latest(marks.stream()));
    }

    private static Instant latest(Stream<KeyValue<String, byte[]>> marks) {
        return marks.filter(KeyValue::hasValue)
                .map(mark -> Instant.ofEpochMilli(Ascii.number(mark.getValue())))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /**
     * A session of a name.
     *
     * @param lifetimeEnd when the session ends at the latest
     */
    record Entry(String name, String handle, Instant lifetimeEnd) {}
}
