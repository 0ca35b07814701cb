package io.gatehouse.emulator.wire;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One request to an endpoint. Parameters are listed by name only: values are codes, tokens and secrets.
 *
 * @param status of the answer; 0 if the connection was torn down
 */
public record Call(
        String endpoint,
        String method,
        String grantType,
        List<String> resource,
        String organizationId,
        Set<String> parameters,
        int status,
        Instant at,
        long millis) {}
