package io.gatehouse.gateway.route;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a route's upstream is told about the user.
 *
 * @param token {@code none}, or {@code access}: a JWT for the resource in {@code Authorization}
 * @param resource the API resource the access token is for, as it is registered at the IdP; required with
 *     {@code access}, because a token for no resource opens the IdP's own interfaces and never leaves this gateway
 * @param scopes the resource's scopes to ask for at sign-in; the IdP grants those the user has
 */
public record RelayRule(
        @DefaultValue("none") RelayedToken token,
        @Nullable String resource,
        @DefaultValue Set<String> scopes) {

    static final RelayRule NOTHING = new RelayRule(RelayedToken.NONE, null, Set.of());

    /** The API resource whose token is relayed. Empty if none is. */
    public Optional<String> relayedResource() {
        return token == RelayedToken.ACCESS ? Optional.ofNullable(resource) : Optional.empty();
    }

    boolean isComplete() {
        return token == RelayedToken.NONE || (resource != null && !resource.isBlank());
    }
}
