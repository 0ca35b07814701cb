package io.gatehouse.emulator.wire;

import java.util.Map;

/**
 * One thing that goes wrong at one endpoint.
 *
 * @param grantType the only {@code grant_type} it concerns; empty for any request
 * @param remaining how often it still happens; negative for ever
 * @param description what the test asked for, repeated to whoever lists the faults
 */
public record Fault(
        String id, Endpoint endpoint, String grantType, Effect effect, int remaining, Map<String, Object> description) {

    boolean concerns(Endpoint called, String calledGrantType) {
        return endpoint == called && (grantType.isEmpty() || grantType.equals(calledGrantType));
    }

    Fault usedOnce() {
        return new Fault(id, endpoint, grantType, effect, remaining - 1, description);
    }
}
