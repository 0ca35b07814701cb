package io.gatehouse.gateway.token;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.redis.Fingerprint;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.Script;
import io.gatehouse.gateway.session.BrowserSession;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The right to refresh a session, which one replica has at a time, and what must outlive it: when a refresh token was
 * sent without an answer that settles it. One hash in Redis for each refresh token of a session, so that whoever still
 * has an older one in hand changes nothing of what is known of the newer one; times are those of Redis.
 *
 * <p>A lease is short and renewed, so that one whose replica is gone is over soon. Where the IdP never accepts a
 * refresh token twice, it is as long as a call may take instead.
 */
final class RefreshLeases {

    /** The longest anybody waits for a call, and the longest a lease is renewed. */
    static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Duration RENEWAL = Duration.ofMillis(500);

    /** A token sent when its access token was valid still matters once that has expired; then nobody asks any more. */
    private static final Duration MEMORY = Duration.ofHours(24);

    private static final Script BEGIN = Script.of("""
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local held = redis.call('HMGET', KEYS[1], 'owner', 'until', 'sent', 'times')
        if held[1] and held[1] ~= ARGV[1] and tonumber(held[2]) > now then return {0, tonumber(held[2]) - now} end
        local sent, times = now, 1
        if held[3] then
          if tonumber(held[4]) < 2 and now - tonumber(held[3]) < tonumber(ARGV[3]) then
            sent, times = tonumber(held[3]), 2
          elseif ARGV[4] == '' then
            return {2, 0}
          end
        end
        redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'until', now + ARGV[2], 'sent', sent, 'times', times)
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        return {1, 0}
        """);

    private static final Script AGAIN = Script.of("""
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local held = redis.call('HMGET', KEYS[1], 'owner', 'sent', 'times')
        if held[1] ~= ARGV[1] or tonumber(held[3]) > 1 or now - tonumber(held[2]) >= tonumber(ARGV[3]) then return 0 end
        redis.call('HSET', KEYS[1], 'until', now + ARGV[2], 'times', 2)
        return 1
        """);

    private static final Script RENEW = Script.of("""
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
        local time = redis.call('TIME')
        redis.call('HSET', KEYS[1], 'until', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2])
        return 1
        """);

    private static final Script SETTLE = Script.of("""
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
        return redis.call('DEL', KEYS[1])
        """);

    private static final Script LEAVE = Script.of("""
        local held = redis.call('HMGET', KEYS[1], 'owner', 'times')
        if held[1] ~= ARGV[1] then return 0 end
        if held[2] == '1' then return redis.call('DEL', KEYS[1]) end
        redis.call('HSET', KEYS[1], 'owner', '', 'until', 0, 'times', held[2] - 1)
        return 1
        """);

    private static final Script ABANDON = Script.of("""
        if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'owner', '', 'until', 0)
        return 1
        """);

    private final RedisConnections redis;
    private final String prefix;
    private final Duration length;
    private final Duration repeatable;
    private final SecureRandom random;

    RefreshLeases(RedisConnections redis, String namespace, TokenProperties properties, SecureRandom random) {
        this.redis = redis;
        this.prefix = namespace + ":refresh:";
        this.repeatable = properties.repeatable();
        this.length = repeatable.isZero() ? LONGEST_CALL.plus(SHORT) : SHORT;
        this.random = random;
    }

    /** What Redis says to somebody who wants to refresh. */
    sealed interface Ruling {

        /** The refresh token may be sent. */
        record Go() implements Ruling {}

        /**
         * Somebody else is about it.
         *
         * @param longest when to ask again, if nothing is heard of it
         */
        record Wait(Duration longest) implements Ruling {}

        /** It was sent before, and may have been rotated: sending it again could end the grant. */
        record Uncertain() implements Ruling {}
    }

    /** A lease to be had, for this refresh token. */
    Lease of(BrowserSession session, String refreshToken) {
        byte[] owner = new byte[16];
        random.nextBytes(owner);
        return new Lease(session, refreshToken, bytes(HexFormat.of().formatHex(owner)));
    }

    /** One lease. */
    final class Lease {

        private final String key;
        private final byte[] owner;

        private Lease(BrowserSession session, String refreshToken, byte[] owner) {
            this.key = key(session, refreshToken);
            this.owner = owner;
        }

        /**
         * Takes the lease.
         *
         * @param isUrgent whether there is nothing to lose any more
         */
        Mono<Ruling> take(boolean isUrgent) {
            return redis.run(commands -> BEGIN.<List<Long>>run(
                            commands,
                            ScriptOutputType.MULTI,
                            key,
                            owner,
                            bytes(length),
                            bytes(repeatable),
                            bytes(isUrgent ? "1" : ""),
                            bytes(MEMORY)))
                    .map(Lease::ruling);
        }

        private static Ruling ruling(List<Long> answer) {
            return switch (answer.getFirst().intValue()) {
                case 0 -> new Ruling.Wait(Duration.ofMillis(Math.min(answer.getLast(), SHORT.toMillis())));
                case 1 -> new Ruling.Go();
                default -> new Ruling.Uncertain();
            };
        }

        /**
         * Whether the refresh token may be sent once more. Not by whoever has lost the lease meanwhile: what has become
         * of the token since is somebody else's affair.
         */
        Mono<Boolean> again() {
            return redis.run(commands -> AGAIN.<Long>run(
                            commands, ScriptOutputType.INTEGER, key, owner, bytes(length), bytes(repeatable)))
                    .map(granted -> granted == 1);
        }

        /** Whether it is for the refresh token that a session has. */
        boolean isFor(BrowserSession session) {
            String held = session.tokens().refreshToken();
            return held != null && key.equals(key(session, held));
        }

        /** The work, with the lease being renewed until it ends or has taken longer than any call. */
        <T> Mono<T> during(Mono<T> work) {
            if (repeatable.isZero()) {
                return work;
            }
            Mono<T> renewals = Flux.interval(RENEWAL)
                    .take(LONGEST_CALL)
                    .onBackpressureDrop()
                    .concatMap(tick -> run(RENEW, bytes(length)))
                    .then(Mono.never());
            return Mono.firstWithSignal(work, renewals);
        }

        /** Gives it back, when what has become of the refresh token is known. */
        Mono<Void> settle() {
            return run(SETTLE);
        }

        /** Gives it back, when nothing has been sent with it. */
        Mono<Void> leave() {
            return run(LEAVE);
        }

        /** Gives it back, when that is not known. */
        Mono<Void> abandon() {
            return run(ABANDON);
        }

        /** If Redis does not answer, the lease ends by itself. */
        private Mono<Void> run(Script script, byte[]... arguments) {
            byte[][] all = new byte[arguments.length + 1][];
            all[0] = owner;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return redis.run(commands -> script.<Long>run(commands, ScriptOutputType.INTEGER, key, all))
                    .then()
                    .onErrorComplete(GatewayException.class);
        }
    }

    private String key(BrowserSession session, String refreshToken) {
        return prefix + session.handle() + ':' + Fingerprint.of(bytes(refreshToken));
    }

    private static byte[] bytes(Duration duration) {
        return bytes(Long.toString(duration.toMillis()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
