package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.session.AccessToken;
import org.springframework.http.HttpHeaders;

/** What an upstream gets to know about the user, as headers of the outbound request. */
interface Credentials {

    /** Nothing: an anonymous user, or a route that relays nothing. */
    Credentials NONE = headers -> {};

    /** RFC 6750, section 2.1. */
    static Credentials bearer(AccessToken token) {
        return bearer(token.value());
    }

    /** The same for any other token. */
    static Credentials bearer(String token) {
        return headers -> headers.setBearerAuth(token);
    }

    void addTo(HttpHeaders headers);

    /** These and others. */
    default Credentials and(Credentials others) {
        return headers -> {
            addTo(headers);
            others.addTo(headers);
        };
    }
}
