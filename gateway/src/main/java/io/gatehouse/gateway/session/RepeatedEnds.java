package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.redis.Tracking;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends again what any replica has ended lately whenever Redis comes back. Redis answers before it replicates, so a
 * server that has taken over may not have heard of it.
 */
final class RepeatedEnds implements Tracking.Listener {

    static final Duration PERIOD = Duration.ofMillis(100);
    private static final int AT_ONCE = 64;

    private final RecentEnds recent;
    private final RedisSessionStore store;
    private final SessionIndex index;
    private final Duration lifetime;
    private volatile boolean due;

    RepeatedEnds(RecentEnds recent, RedisSessionStore store, SessionIndex index, Tracking tracking, Duration lifetime) {
        this.recent = recent;
        this.store = store;
        this.index = index;
        this.lifetime = lifetime;
        tracking.tell(this);
    }

    @Override
    public void changed(String key) {}

    /** A session that another replica has ended. */
    @Override
    public void told(String handle) {
        recent.note(handle);
    }

    @Override
    public void everythingChanged() {
        due = true;
    }

    /** Does it if Redis has been away since the last time. What fails stays due. */
    Mono<Void> repeatIfDue() {
        if (!due) {
            return Mono.empty();
        }
        due = false;
        return Flux.concat(marks(), handles())
                .doOnError(failure -> due = true)
                .onErrorComplete(GatewayException.class)
                .then();
    }

    private Mono<Void> marks() {
        return Flux.fromIterable(recent.marks().entrySet())
                .flatMap(mark -> index.markEnded(mark.getKey(), mark.getValue(), lifetime), AT_ONCE)
                .then();
    }

    private Mono<Void> handles() {
        return Flux.fromIterable(recent.handles()).flatMap(store::end, AT_ONCE).then();
    }
}
