package io.gatehouse.gateway.traffic;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** A request to an upstream that may be sent to it more than once. */
public interface Repeatable {

    /**
     * Whether sending it again can do no harm even if it has arrived, and all of it is still there. May change while it
     * is sent.
     */
    boolean isHarmless();

    /** The same request once more. */
    ServerHttpRequest repeated();
}
