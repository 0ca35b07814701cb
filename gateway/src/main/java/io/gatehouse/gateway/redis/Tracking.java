package io.gatehouse.gateway.redis;

import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hears of every change of a key below a prefix, whoever makes it: {@code CLIENT TRACKING} in broadcast mode, over a
 * RESP3 connection of its own to each server that accepts writes. What it has missed while one of them was out of reach
 * nobody can tell, so when it is back everything counts as changed.
 *
 * <p>A change does not say what it was. What everybody should remember is published on a channel besides.
 */
public final class Tracking implements SmartLifecycle {

    /** Who wants to know of changes. Called on the threads of the connections: returns at once. */
    public interface Listener {

        void changed(String key);

        /** Anything may have changed, and from now on every change is heard of. */
        void everythingChanged();

        /** Somebody has published something; more than once in a Cluster. */
        default void told(String message) {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Supplier<Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>>> servers;
    private final String prefix;
    private final String channel;
    private final Duration timeout;
    private final Clock clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Server> tracked = new ConcurrentHashMap<>();
    private volatile boolean complete;
    private @Nullable Disposable upkeep;

    /**
     * Hears of everything once it is started.
     *
     * @param prefix how the keys begin
     * @param channel what is published is heard here
     */
    public Tracking(RedisConnections redis, String prefix, String channel, Duration timeout, Clock clock) {
        this.servers = redis.masters();
        this.prefix = prefix;
        this.channel = channel;
        this.timeout = timeout;
        this.clock = clock;
    }

    public void tell(Listener listener) {
        listeners.add(listener);
    }

    /** Whether every change is heard of. */
    public boolean isComplete() {
        return complete;
    }

    /** When every change before was certainly heard of: the last sign of life of the server silent for longest. */
    public Instant completeUntil() {
        return tracked.values().stream()
                .map(server -> server.aliveAt)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** When a server that accepts writes last gave a sign of life; the epoch if none ever has. */
    public Instant lastContact() {
        return tracked.values().stream()
                .map(server -> server.aliveAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    @Override
    public void start() {
        upkeep = Flux.interval(Duration.ZERO, PERIOD)
                .onBackpressureDrop()
                .doOnNext(tick -> follow(servers.get()))
                .subscribe();
    }

    @Override
    public void stop() {
        if (upkeep != null) {
            upkeep.dispose();
            upkeep = null;
        }
        follow(Map.of());
    }

    @Override
    public boolean isRunning() {
        return upkeep != null;
    }

    @Override
    public int getPhase() {
        return RedisConnections.PHASE + 1;
    }

    /** Servers come and go where there are several. */
    private synchronized void follow(Map<String, Mono<StatefulRedisPubSubConnection<String, byte[]>>> present) {
        Set.copyOf(tracked.keySet()).stream()
                .filter(name -> !present.containsKey(name))
                .map(tracked::remove)
                .forEach(server -> server.kept.dispose());
        present.forEach((name, connect) -> tracked.computeIfAbsent(name, added -> join(connect)));
        review();
    }

    private Server join(Mono<StatefulRedisPubSubConnection<String, byte[]>> connect) {
        Server server = new Server(connect);
        server.kept.update(server.link.kept().subscribe());
        return server;
    }

    private synchronized void review() {
        boolean nowComplete = !tracked.isEmpty() && tracked.values().stream().allMatch(server -> server.up);
        if (nowComplete && !complete) {
            listeners.forEach(Listener::everythingChanged);
        }
        if (nowComplete != complete) {
            complete = nowComplete;
            LOG.atInfo().addKeyValue("complete", nowComplete).log("tracking of sessions");
        }
    }

    private void pushed(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
        if (content.get(1) instanceof List<?> keys) {
            keys.forEach(key -> listeners.forEach(listener -> listener.changed(String.valueOf(key))));
        } else {
            // FLUSHALL and FLUSHDB name no keys.
            listeners.forEach(Listener::everythingChanged);
        }
    }

    /** What is published. */
    private final class Subscription extends RedisPubSubAdapter<String, byte[]> {

        @Override
        public void message(String from, byte[] message) {
            String text = new String(message, StandardCharsets.UTF_8);
            listeners.forEach(listener -> listener.told(text));
        }
    }

    /** One server that accepts writes. */
    private final class Server implements Link.Listener {

        private final Link<StatefulRedisPubSubConnection<String, byte[]>> link;
        private final Disposable.Swap kept = Disposables.swap();
        private volatile boolean up;
        private volatile Instant aliveAt = Instant.EPOCH;

        Server(Mono<StatefulRedisPubSubConnection<String, byte[]>> connect) {
            this.link = new Link<>(connect, this::track, Heartbeats::of, timeout, this);
        }

        private Mono<String> track(StatefulRedisPubSubConnection<String, byte[]> connection) {
            connection.addListener((PushListener) Tracking.this::pushed);
            connection.addListener(new Subscription());
            TrackingArgs ours = TrackingArgs.Builder.enabled().bcast().prefixes(prefix);
            return Answers.of(() -> connection.async().subscribe(channel))
                    .then(Answers.of(() -> connection.async().clientTracking(ours)));
        }

        @Override
        public void up() {
            up = true;
            aliveAt = clock.instant();
            review();
        }

        @Override
        public void alive() {
            aliveAt = clock.instant();
        }

        @Override
        public void down(Throwable cause) {
            up = false;
            review();
        }
    }
}
