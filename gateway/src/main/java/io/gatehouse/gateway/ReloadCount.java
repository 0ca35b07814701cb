package io.gatehouse.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts how changed configurations fared, and says whether the one that is there now is in force. */
final class ReloadCount {

    private static final String RELOADS = "gateway.config.reload";

    private final MeterRegistry registry;
    private final AtomicBoolean isInForce = new AtomicBoolean(true);

    ReloadCount(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("gateway.config.in.force", isInForce, force -> force.get() ? 1 : 0)
                .description("1 if the configuration that is there is the one in force, 0 if it was refused")
                .register(registry);
        counter("applied");
    }

    void applied() {
        isInForce.set(true);
        counter("applied").increment();
    }

    /** @param reason {@code unreadable}, {@code invalid} or {@code restart-needed} */
    void refused(String reason) {
        isInForce.set(false);
        counter(reason).increment();
    }

    private Counter counter(String outcome) {
        return Counter.builder(RELOADS)
                .description("Changed configurations by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
