package io.gatehouse.gateway.route;

/** Who may use a route. */
public enum Access {
    /** Everybody; the session is not even looked up. */
    PUBLIC,

    /** Everybody; if somebody is signed in, the upstream is told who. */
    OPTIONAL,

    /** Signed-in people only. */
    AUTHENTICATED
}
