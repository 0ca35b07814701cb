package io.gatehouse.gateway;

import io.gatehouse.gateway.ops.OtherSites;
import io.gatehouse.gateway.ops.SiteOperations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;

/** The sites besides the gateway's own one. They start before the ports open and end after they are closed. */
final class Sites implements SmartLifecycle, OtherSites {

    /** As the connections to Redis. */
    private static final int PHASE = -100;

    private final List<Site> all;
    private final ConfigurableEnvironment environment;
    private final Clock clock;
    private final MeterRegistry registry;
    private volatile boolean running;

    Sites(List<Site> all, ConfigurableEnvironment environment, Clock clock, MeterRegistry registry) {
        this.all = all;
        this.environment = environment;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * The site that a request is for. Empty if it is for the gateway itself.
     *
     * @param host the value of {@code Host}; null if there is none
     */
    Optional<Site> at(@Nullable String host) {
        return host == null
                ? Optional.empty()
                : all.stream().filter(site -> site.publicUrl().isHost(host)).findFirst();
    }

    /** What can be replaced of each, by its id. */
    Map<String, LiveParts> parts() {
        return all.stream().collect(Collectors.toMap(Site::id, Site::parts));
    }

    @Override
    public Map<String, SiteOperations> operations() {
        Map<String, SiteOperations> operations = new LinkedHashMap<>();
        all.forEach(site -> operations.put(site.id(), site.operations()));
        return operations;
    }

    @Override
    public void start() {
        all.forEach(site -> site.start(environment, clock, registry));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        all.forEach(Site::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
