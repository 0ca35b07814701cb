package io.gatehouse.gateway.bearer;

import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.Identity;
import java.util.Set;

/**
 * An access token that an API client has sent, verified.
 *
 * @param token as it came
 * @param identity whose it is: a person who uses the client, or the client itself. It has no {@code sid}
 * @param audience the API resources it is for
 */
public record BearerToken(AccessToken token, Identity identity, Set<String> audience) {

    public BearerToken {
        audience = Set.copyOf(audience);
    }

    /** Whether it is for this API resource. */
    public boolean isFor(String resource) {
        return audience.contains(resource);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "BearerToken[audience=" + audience + "]";
    }
}
