package io.gatehouse.gateway.ops;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The port for operators. Nothing of it is on the public port.
 *
 * @param port 0 takes any free one
 * @param address the address it listens on; only this machine unless set, such as to {@code 0.0.0.0} in a pod
 * @param key the secret that operators send as {@code Authorization: Bearer} to administer sessions, at least 32
 *     characters; without one that is not possible
 */
public record OpsProperties(
        @DefaultValue("9091") @Min(0) @Max(65535) int port,
        @DefaultValue("127.0.0.1") String address,
        @Nullable OpsKey key) {}
