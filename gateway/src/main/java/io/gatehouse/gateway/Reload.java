package io.gatehouse.gateway;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Takes over a configuration that has changed while the gateway runs: all of it or nothing. One that is invalid, or
 * changes what only a restart can change, is refused as a whole, and the gateway goes on with the one it has.
 */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private static final String INVALID = "invalid";
    private static final String RESTART_NEEDED = "restart-needed";

    /** What has been found; of two that are equal the second one is no news. */
    private record Found(
            @Nullable ConfigurationValues values, @Nullable String failure) {}

    private final ConfigurationFiles files;
    private final LiveSites parts;
    private final AuditLog audit;
    private final ReloadCount count;
    private ConfigurationValues inForce;
    private Found judged;
    private Found before;

    Reload(
            ConfigurableEnvironment startedWith,
            ConfigurationFiles files,
            LiveSites parts,
            AuditLog audit,
            ReloadCount count) {
        this.files = files;
        this.parts = parts;
        this.audit = audit;
        this.count = count;
        this.inForce = ConfigurationValues.of(startedWith);
        this.judged = new Found(inForce, null);
        this.before = judged;
    }

    /**
     * Reads everything again. A change is judged when it is found for the second time, so that a file that is just
     * being written is not.
     */
    synchronized void look() {
        Found found = find();
        if (!found.equals(judged) && found.equals(before)) {
            judged = found;
            judge(found);
        }
        before = found;
    }

    private Found find() {
        try {
            return new Found(ConfigurationValues.of(files.read()), null);
        } catch (RuntimeException unreadable) {
            return new Found(null, String.valueOf(unreadable.getMessage()));
        }
    }

    private void judge(Found found) {
        if (found.failure() != null) {
            refuse("unreadable", List.of(found.failure()));
            return;
        }
        try {
            judge(files.read());
        } catch (InvalidConfigurationException invalid) {
            refuse(INVALID, invalid.complaints());
        }
    }

    /** What is judged is what is taken over, whatever happens to the files meanwhile. */
    private void judge(ConfigurableEnvironment environment) {
        ConfigurationValues values = ConfigurationValues.of(environment);
        Set<String> fixed = inForce.restartsFor(values);
        if (!fixed.isEmpty()) {
            refuse(RESTART_NEEDED, List.of("only a restart can change " + String.join(", ", fixed)));
            return;
        }
        Map<String, GatehouseProperties> next = parts.read(environment);
        if (parts.needsRestartFor(next)) {
            refuse(
                    RESTART_NEEDED,
                    List.of("gatehouse.redis.url: only a restart can change more than user and password"));
        } else if (parts.wouldEndWith(next)) {
            refuse(INVALID, List.of("gatehouse.routes: there would be none left"));
        } else {
            take(next, values);
        }
    }

    private void take(Map<String, GatehouseProperties> next, ConfigurationValues values) {
        Set<String> changed = inForce.changesTo(values);
        parts.take(next);
        inForce = values;
        count.applied();
        audit.record(new SecurityEvent.ConfigurationReloaded(changed));
    }

    private void refuse(String reason, List<String> complaints) {
        complaints.forEach(
                complaint -> LOG.atWarn().addKeyValue("complaint", complaint).log("configuration refused"));
        count.refused(reason);
        audit.record(new SecurityEvent.ConfigurationRefused(reason));
    }
}
