package io.gatehouse.gateway.route;

/** What an upstream gets in {@code Authorization}. */
public enum RelayedToken {
    /** Nothing. */
    NONE,

    /** A JWT for the route's API resource. */
    ACCESS,

    /** The ID token: for an upstream that is this gateway's own application, and nobody else's. */
    ID_TOKEN,

    /** A JWT of the gateway's own application for the route's API resource, whether or not anybody is signed in. */
    APP
}
