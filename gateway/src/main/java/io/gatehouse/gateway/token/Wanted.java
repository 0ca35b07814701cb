package io.gatehouse.gateway.token;

import io.gatehouse.gateway.session.AccessToken;
import org.jspecify.annotations.Nullable;

/**
 * Which access token of a session somebody wants.
 *
 * @param resource the API resource it is for, or {@link #NO_RESOURCE}
 * @param refused a token that has turned out to be of no use; another one is wanted
 */
record Wanted(String resource, @Nullable String refused) {

    /** A token for the IdP's own userinfo endpoint. No route can have it relayed. */
    static final String NO_RESOURCE = "";

    static Wanted of(String resource) {
        return new Wanted(resource, null);
    }

    /** Another one than this. */
    Wanted insteadOf(AccessToken useless) {
        return new Wanted(resource, useless.value());
    }

    boolean isMetBy(AccessToken held) {
        return !held.value().equals(refused);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Wanted[resource=" + resource + "]";
    }
}
