package io.gatehouse.gateway.session;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does a piece of work periodically while the gateway runs, never twice at once, and once more when it stops. A defect
 * in it is logged and does not end it.
 */
public final class Upkeep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private final Duration period;
    private final Supplier<Mono<Void>> work;
    private @Nullable Disposable running;

    public Upkeep(Duration period, Supplier<Mono<Void>> work) {
        this.period = period;
        this.work = work;
    }

    private Mono<Void> once() {
        return Mono.defer(work)
                .doOnError(defect -> LOG.atError().setCause(defect).log("upkeep failed"))
                .onErrorComplete();
    }

    @Override
    public void start() {
        running = Flux.interval(period)
                .onBackpressureDrop()
                .concatMap(tick -> once(), 1)
                .subscribe();
    }

    @Override
    public void stop(Runnable stopped) {
        stop();
        once().timeout(LAST_CHANCE, Mono.empty())
                .doFinally(end -> stopped.run())
                .subscribe();
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Stopped after the ports are closed and before Redis is. */
    @Override
    public int getPhase() {
        return -1;
    }
}
