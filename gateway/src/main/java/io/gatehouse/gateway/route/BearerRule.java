package io.gatehouse.gateway.route;

import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether API clients may use a route with an access token of their own, in place of a session.
 *
 * @param audience one API resource or several: a token has to be for one of them. Empty: the route takes no tokens
 */
public record BearerRule(@DefaultValue Set<String> audience) {

    /** Whether the route takes tokens at all. */
    public boolean isAccepting() {
        return !audience.isEmpty();
    }
}
