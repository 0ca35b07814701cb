package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.session.AccessToken;
import org.springframework.http.HttpHeaders;

/** What an upstream gets to know about the user, as headers of the outbound request. */
interface Credentials {

    /** Nothing: an anonymous user, or a route that relays nothing. */
    Credentials NONE = headers -> {};

    /** RFC 6750, section 2.1. */
    static Credentials bearer(AccessToken token) {
        return headers -> headers.setBearerAuth(token.value());
    }

    void addTo(HttpHeaders headers);
}
