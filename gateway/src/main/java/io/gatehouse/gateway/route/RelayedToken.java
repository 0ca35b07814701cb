package io.gatehouse.gateway.route;

/** What an upstream gets in {@code Authorization}. */
public enum RelayedToken {
    /** Nothing. */
    NONE,

    /** A JWT for the route's API resource. */
    ACCESS
}
