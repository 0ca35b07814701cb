package io.gatehouse.gateway.redis;

import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * One connection that is kept up: made again whenever it breaks, or is silent for too long. A server that hangs leaves
 * its connections open, so waiting for them to break would be waiting for ever.
 *
 * @param <C> the kind of connection
 */
final class Link<C extends StatefulConnection<String, byte[]>> {

    /** What the owner of a link hears of it. */
    interface Listener {

        /** Connected and introduced. */
        void up();

        /** The other side has just proved that it is there. */
        default void alive() {}

        /** Not connected any more, or not yet: the first failure of each outage. */
        void down(Throwable cause);
    }

    private static final Retry AGAIN = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(20))
            .maxBackoff(Duration.ofMillis(500))
            .transientErrors(true);

    private final Mono<C> connect;
    private final Function<C, Mono<?>> introduce;
    private final Function<C, Flux<?>> watch;
    private final Duration patience;
    private final Listener listener;

    private volatile boolean down;
    private volatile @Nullable C open;
    private volatile Sinks.One<C> next = Sinks.one();
    private volatile Mono<C> upcoming;

    /**
     * @param connect makes a connection, or fails, in a bounded time
     * @param introduce what a new connection needs before it is of use
     * @param watch emits while the connection is alive and fails when it is not
     * @param patience how long after a break somebody may wait for the next connection, and each of the two commands of
     *     an introduction for its answer
     */
    Link(
            Mono<C> connect,
            Function<C, Mono<?>> introduce,
            Function<C, Flux<?>> watch,
            Duration patience,
            Listener listener) {
        this.connect = connect;
        this.introduce = introduce;
        this.watch = watch;
        this.patience = patience;
        this.listener = listener;
        this.upcoming = within(patience, next);
    }

    /**
     * The connection. Soon after a break it is waited for; later on this fails at once, so that an outage does not
     * collect those who wait.
     */
    Mono<C> connection() {
        C now = open;
        return now == null ? upcoming : Mono.just(now);
    }

    @Nullable
    C ifOpen() {
        return open;
    }

    /** Keeps the connection for as long as this is subscribed to. */
    Flux<?> kept() {
        return Flux.<C, C>usingWhen(connect, this::serve, Link::close)
                .doOnError(this::lost)
                .retryWhen(AGAIN);
    }

    private Flux<C> serve(C connection) {
        return introduce
                .apply(connection)
                .timeout(patience.multipliedBy(2))
                .thenMany(Flux.defer(() -> watched(connection)))
                .map(sign -> connection);
    }

    private Flux<?> watched(C connection) {
        gained(connection);
        return watch.apply(connection).doOnNext(sign -> listener.alive());
    }

    private static Mono<Void> close(StatefulConnection<String, byte[]> connection) {
        return Mono.fromFuture(connection::closeAsync);
    }

    private void gained(C connection) {
        down = false;
        open = connection;
        listener.up();
        listener.alive();
        next.tryEmitValue(connection);
    }

    private void lost(Throwable cause) {
        if (open != null) {
            next = Sinks.one();
            upcoming = within(patience, next);
            open = null;
        }
        if (!down) {
            down = true;
            listener.down(cause);
        }
    }

    /** The time counts from the first who waits; whoever comes after it is over gets the failure at once. */
    private static <C> Mono<C> within(Duration patience, Sinks.One<C> next) {
        return next.asMono().timeout(patience).cache();
    }
}
