package io.gatehouse.gateway.relay;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to the answers of upstreams.
 *
 * @param noStore whether an answer to a signed-in person gets {@code Cache-Control: private, no-store} where the
 *     upstream set no {@code Cache-Control}, so that neither a cache nor the back button shows it to the next person
 */
public record RelayProperties(@DefaultValue("true") boolean noStore) {}
