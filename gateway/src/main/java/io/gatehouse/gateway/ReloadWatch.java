package io.gatehouse.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Has the configuration read again periodically, by a thread of its own, because files are read; never if the interval
 * is zero.
 */
final class ReloadWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);

    private final Reload reload;
    private final Duration interval;
    private @Nullable Scheduler thread;

    ReloadWatch(Reload reload, Duration interval) {
        this.reload = reload;
        this.interval = interval;
    }

    @Override
    public void start() {
        if (interval.isZero()) {
            return;
        }
        Scheduler started = Schedulers.newSingle("reload", true);
        Flux.interval(interval, started).onBackpressureDrop().subscribe(tick -> look());
        thread = started;
    }

    /** A defect must not end the looking. */
    private void look() {
        try {
            reload.look();
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).log("configuration could not be taken over");
        }
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.dispose();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
