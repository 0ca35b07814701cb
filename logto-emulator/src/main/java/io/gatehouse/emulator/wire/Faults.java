package io.gatehouse.emulator.wire;

import io.gatehouse.emulator.problem.OidcProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults in force. A fault is used up where it takes effect, not where the request comes in. Thread-safe. */
public final class Faults {

    private final Map<String, Fault> faults = new LinkedHashMap<>();

    public synchronized void add(Fault fault) {
        faults.put(fault.id(), fault);
    }

    public synchronized void clear() {
        faults.clear();
    }

    public synchronized List<Fault> all() {
        return List.copyOf(faults.values());
    }

    /** The effects of one kind that happen now, oldest first. */
    public synchronized <E extends Effect> List<E> take(Endpoint endpoint, String grantType, Class<E> kind) {
        var taken = new ArrayList<E>();
        for (Fault fault : all()) {
            if (fault.concerns(endpoint, grantType) && kind.isInstance(fault.effect())) {
                taken.add(kind.cast(fault.effect()));
                use(fault);
            }
        }
        return taken;
    }

    /**
     * Refuses on purpose.
     *
     * @throws OidcProblem if there is one for this call
     */
    public void refuse(Endpoint endpoint, String grantType) {
        take(endpoint, grantType, Effect.OAuthError.class).stream().findFirst().ifPresent(it -> {
            throw OidcProblem.of(it.status(), it.error(), it.description());
        });
    }

    private void use(Fault fault) {
        Fault left = fault.usedOnce();
        if (left.remaining() == 0) {
            faults.remove(fault.id());
        } else {
            faults.put(fault.id(), left);
        }
    }
}
